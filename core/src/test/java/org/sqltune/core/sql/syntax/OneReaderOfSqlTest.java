package org.sqltune.core.sql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** SQL is read in one place: whoever looks at tokens is named here with the reason, and nobody else cuts SQL by himself. */
class OneReaderOfSqlTest {
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);
    private static final Pattern REGEX_CALL = Pattern.compile(
            "(?:Pattern\\s*\\.compile|\\.matches|\\.replaceAll|\\.replaceFirst|\\.split)\\([^;]{0,600}?;",
            Pattern.DOTALL);
    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern SQL_KEYWORD = Pattern.compile(
            "(?<!\\w)(?:SELECT|select|WITH\\b.*AS|FROM|JOIN|join|GROUP BY|group by|ORDER BY|order by|UNION|union)(?!\\w)");

    @Test
    void whoeverUsesTheLexerBesidesTheParserIsKnown() {
        assertThat(mainClasses(source -> source.contains("SqlScanner.scan(")))
                .containsExactlyInAnyOrder(
                        // The parser and what it offers.
                        "core/sql/syntax/QueryParser.java",
                        "core/sql/syntax/ParsedSql.java",
                        "core/sql/syntax/StatementKind.java",
                        "core/sql/syntax/Statements.java",
                        // What is said of texts that have no tree.
                        "core/sql/facts/TokenFacts.java",
                        "core/sql/hardness/QueryHardness.java",
                        "evaluation/outline/OutlineParser.java",
                        // The text itself is compared, shortened or coloured, token by token.
                        "evaluation/metric/SqlNormalizer.java",
                        "evaluation/metric/DistinctRule.java",
                        "data/audit/SqlTemplate.java",
                        "inference/session/SqlHighlighter.java",
                        // Which words of a question are also texts of its query, and so stay as they are.
                        "synthesis/augmentation/EverydayWords.java",
                        // Not queries of SQLite: half a line, CREATE statements with their comments, PostgreSQL.
                        "core/schema/DeclarationText.java",
                        "inference/session/TypedSql.java",
                        "data/database/DeclaredComments.java",
                        "postgres/query/LimitSpelling.java",
                        "postgres/proof/OneQuery.java",
                        // The official scorers' executor.
                        "evaluation/spider/execution/PythonLikeExecutor.java");
    }

    @Test
    void nobodyReadsSqlWithRegularExpressions() {
        assertThat(mainClasses(OneReaderOfSqlTest::hasSqlInRegex))
                .containsExactlyInAnyOrder(
                        // These find SQL in prose and in files of any dialect: what they look at isn't SQL yet.
                        "data/prompt/answer/GeneratedSql.java",
                        "data/source/GretelSource.java",
                        // WikiSQL writes "from table" without the quotes that SQL needs; quoted, the parser reads it.
                        "evaluation/wikisql/SqlText.java",
                        // Its own canonical writing, not SQL.
                        "evaluation/outline/SelectColumns.java");
    }

    @Test
    void officialScorersKeepTheirReadersToThemselves() {
        assertThat(mainClasses(source -> source.contains("org.sqltune.evaluation.spider.grammar.")))
                .isNotEmpty()
                .allMatch(file -> file.startsWith("evaluation/spider/"));
    }

    private static boolean hasSqlInRegex(String source) {
        Matcher call = REGEX_CALL.matcher(source);
        while (call.find()) {
            StringBuilder texts = new StringBuilder();
            TEXT.matcher(call.group()).results().forEach(text -> texts.append(text.group(1)));
            if (SQL_KEYWORD.matcher(texts).find()) {
                return true;
            }
        }
        return false;
    }

    /** The files of all modules' main code, below {@code org/sqltune}, whose code without comments passes the test. */
    private static TreeSet<String> mainClasses(Predicate<String> test) {
        TreeSet<String> found = new TreeSet<>();
        try (Stream<Path> modules = Files.list(root())) {
            modules.map(module -> module.resolve("src/main/java/org/sqltune"))
                    .filter(Files::isDirectory)
                    .forEach(sources -> {
                        try (Stream<Path> files = Files.walk(sources)) {
                            files.filter(file -> file.toString().endsWith(".java"))
                                    .filter(file -> test.test(code(file)))
                                    .forEach(file -> found.add(
                                            sources.relativize(file).toString().replace('\\', '/')));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static String code(Path file) {
        try {
            return COMMENT.matcher(Files.readString(file)).replaceAll("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        return Files.isDirectory(folder.resolve("core")) ? folder : folder.getParent();
    }
}
