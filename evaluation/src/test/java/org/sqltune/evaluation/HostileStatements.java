package org.sqltune.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * SQL that means no good, from {@code hostile.sql}: a statement a line, under {@code ## SECTION}. {@code \n}, {@code \0}
 * and {@code \}{@code u1234} are characters, <code>{REPEAT 3 x}</code> is {@code xxx}, and <code>{CHAIN 3}</code> a chain
 * of tables, each of which joins the one before with itself.
 */
final class HostileStatements {
    private static final Pattern REPEAT = Pattern.compile("\\{REPEAT (\\d+) ([^}]*)}");
    private static final Pattern CHAIN = Pattern.compile("\\{CHAIN (\\d+)}");
    private static final Pattern CHARACTER = Pattern.compile("\\\\(n|0|u[0-9a-f]{4})");

    private HostileStatements() {}

    /** Every statement of a section. */
    static List<String> of(String section) {
        String text;
        try (InputStream in = HostileStatements.class.getResourceAsStream("/hostile.sql")) {
            text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Map<String, String> sections = new LinkedHashMap<>();
        for (String part : text.substring("## ".length()).split("\n## ", -1)) {
            String[] nameAndLines = part.split("\n", 2);
            sections.put(nameAndLines[0], nameAndLines[1]);
        }
        return sections.get(section)
                .lines()
                .filter(line -> !line.isBlank())
                .map(HostileStatements::expanded)
                .toList();
    }

    /** What tells statements apart in a message. */
    static String beginning(String sql) {
        return sql.substring(0, Math.min(100, sql.length()));
    }

    /** Makes {@code staff/staff.sqlite} with 40 rows. */
    static Path makeDatabase(Path folder) {
        TestDatabases.add(
                folder,
                "staff",
                "CREATE TABLE staff (id INTEGER PRIMARY KEY, name TEXT, salary REAL)",
                "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 40)"
                        + " INSERT INTO staff SELECT x, 'name ' || x, 100.0 * x FROM c");
        return folder.resolve("staff").resolve("staff.sqlite");
    }

    /** Makes the {@code tables.json} that goes with it. */
    static Path makeTables(Path folder) throws IOException {
        return Files.writeString(folder.resolve("tables.json"), """
                [{"db_id": "staff", "table_names_original": ["staff"], "foreign_keys": [],
                  "column_names_original": [[-1, "*"], [0, "id"], [0, "name"], [0, "salary"]]}]
                """);
    }

    private static String expanded(String line) {
        String repeated = REPEAT.matcher(line)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(2).repeat(number(found))));
        String chained = CHAIN.matcher(repeated).replaceAll(found -> chain(number(found)));
        return CHARACTER.matcher(chained).replaceAll(found -> Matcher.quoteReplacement(character(found.group(1))));
    }

    private static int number(MatchResult found) {
        return Integer.parseInt(found.group(1));
    }

    private static String chain(int length) {
        return IntStream.rangeClosed(1, length)
                .mapToObj(i -> {
                    String before = i == 1 ? "a" : "t" + (i - 1);
                    return ", t" + i + " AS (SELECT l.x FROM " + before + " l, " + before + " r)";
                })
                .collect(Collectors.joining("", "", " "));
    }

    private static String character(String name) {
        return switch (name.charAt(0)) {
            case 'n' -> "\n";
            case '0' -> "\0";
            default -> String.valueOf((char) Integer.parseInt(name.substring(1), 16));
        };
    }
}
