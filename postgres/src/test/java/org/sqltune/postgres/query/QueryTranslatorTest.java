package org.sqltune.postgres.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.postgres.SqliteFiles;
import org.sqltune.postgres.schema.SchemaConverter;
import org.sqltune.postgres.value.UnsupportedSqlException;

/** What each construct becomes. That it returns the same rows is shown by {@code ProvedConstructsTest}. */
class QueryTranslatorTest {
    @TempDir
    private static Path folder;

    private static QueryTranslator translator;

    @BeforeAll
    static void makeTranslator() {
        Path file = SqliteFiles.make(folder, "concerts", SqliteFiles.CONCERTS);
        translator = new QueryTranslator(new SchemaConverter().convert(file));
    }

    static Stream<Arguments> golden() {
        return Stream.of(
                        List.of(
                                "SELECT name FROM Singer WHERE Country = \"France\"",
                                "SELECT Name FROM singer WHERE country = 'France'"),
                        List.of(
                                "SELECT \"Song Name\", [order], `NAME` FROM singer",
                                "SELECT \"Song Name\", \"order\", Name FROM singer"),
                        List.of(
                                "SELECT id FROM singer WHERE name LIKE 'j%'",
                                "SELECT id FROM singer WHERE Name ILIKE 'j%'"),
                        List.of(
                                "SELECT id FROM singer WHERE age LIKE '5_'",
                                "SELECT id FROM singer WHERE cast(age AS text) LIKE '5_'"),
                        List.of(
                                "SELECT id FROM singer WHERE name GLOB 'J*'",
                                "SELECT id FROM singer WHERE Name LIKE 'J%'"),
                        List.of("SELECT id FROM singer WHERE age == 52", "SELECT id FROM singer WHERE age = 52"),
                        List.of(
                                "SELECT title FROM concert WHERE year = 2014",
                                "SELECT title FROM concert WHERE year = '2014'"),
                        List.of("SELECT name FROM singer WHERE age = '52'", "SELECT Name FROM singer WHERE age = 52"),
                        List.of("SELECT name FROM singer LIMIT 2, 3", "SELECT Name FROM singer LIMIT 3 OFFSET 2"),
                        List.of(
                                "SELECT name FROM singer ORDER BY age",
                                "SELECT Name FROM singer ORDER BY age ASC NULLS FIRST"),
                        List.of(
                                "SELECT name FROM singer ORDER BY age DESC",
                                "SELECT Name FROM singer ORDER BY age DESC NULLS LAST"),
                        List.of("SELECT name FROM singer ORDER BY id DESC", "SELECT Name FROM singer ORDER BY id DESC"),
                        List.of(
                                "SELECT iif(age > 40, 'old', 'young') FROM singer",
                                "SELECT CASE WHEN age > 40 THEN 'old' ELSE 'young' END FROM singer"),
                        List.of("SELECT ifnull(age, 0) FROM singer", "SELECT coalesce(age, 0) FROM singer"),
                        List.of("SELECT instr(name, 'o') FROM singer", "SELECT position('o' IN Name) FROM singer"),
                        List.of("SELECT substr(name, -2) FROM singer", "SELECT right(Name, 2) FROM singer"),
                        List.of("SELECT group_concat(name) FROM singer", "SELECT STRING_AGG(Name, ',') FROM singer"),
                        List.of("SELECT age / 2 FROM singer", "SELECT (age / 2) FROM singer"),
                        List.of("SELECT 7 / id FROM singer", "SELECT (7 / nullif(id, 0)) FROM singer"),
                        List.of(
                                "SELECT strftime('%Y', born) FROM singer",
                                "SELECT TO_CHAR(cast(born AS timestamp), 'YYYY') FROM singer"),
                        List.of(
                                "SELECT name FROM singer WHERE is_male = 1",
                                "SELECT Name FROM singer WHERE is_male = TRUE"),
                        List.of("SELECT name FROM singer WHERE is_male", "SELECT Name FROM singer WHERE is_male"),
                        List.of("SELECT name FROM singer WHERE age", "SELECT Name FROM singer WHERE age <> 0"),
                        List.of(
                                "SELECT count(*) AS n FROM singer GROUP BY country HAVING n > 1",
                                "SELECT count(*) AS n FROM singer GROUP BY country HAVING count(*) > 1"),
                        List.of(
                                "SELECT s.name, count(*) FROM singer s JOIN concert c ON s.id = c.singer_id"
                                        + " GROUP BY c.singer_id",
                                "SELECT s.Name, count(*) FROM singer AS s JOIN concert AS c ON s.id = c.singer_id"
                                        + " GROUP BY c.singer_id, s.Name"),
                        List.of(
                                "SELECT name, count(*) FROM singer GROUP BY country",
                                "SELECT min(Name), count(*) FROM singer GROUP BY country"),
                        List.of(
                                "SELECT name, max(age) FROM singer",
                                "SELECT (array_agg(Name ORDER BY age DESC NULLS LAST))[1], max(age) FROM singer"),
                        List.of(
                                "SELECT name FROM singer, concert WHERE id = singer_id",
                                "SELECT Name FROM singer CROSS JOIN concert WHERE id = singer_id"),
                        List.of(
                                "SELECT DISTINCT country FROM singer ORDER BY age",
                                "SELECT country FROM singer GROUP BY country ORDER BY min(age) ASC NULLS FIRST"),
                        List.of("SELECT code FROM singer WHERE code > 9", "SELECT code FROM singer WHERE code > '9'"),
                        List.of(
                                "SELECT name FROM singer WHERE 'it''s' != \"song name\"",
                                "SELECT Name FROM singer WHERE 'it''s' <> \"Song Name\""))
                .map(pair -> Arguments.of(pair.get(0), pair.get(1)));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void isWrittenInPostgresqlsWay(String sqlite, String postgres) {
        assertThat(translator.translate(sqlite).sql()).isEqualTo(postgres);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT load_extension('x')",
                "SELECT pg_read_file('/etc/passwd')",
                "SELECT nosuch FROM singer",
                "SELECT name FROM nowhere",
                "SELECT name FROM singer LIMIT (SELECT 1)",
                "SELECT printf('%d', age) FROM singer",
                "SELECT date(born, 'weekday 0') FROM singer",
                "SELECT name FROM singer WHERE name IN (SELECT name, age FROM singer)"
            })
    void whatIsntConvertedIsRefused(String sql) {
        assertThatThrownBy(() -> translator.translate(sql)).isInstanceOf(UnsupportedSqlException.class);
    }

    @Test
    void hostileNestingEndsBeforeItGrows() {
        String union = "SELECT 1";
        for (int i = 0; i < 40; i++) {
            union = "SELECT * FROM (" + union + ") UNION SELECT 'a'";
        }
        String nested = union;
        assertThatThrownBy(() -> translator.translate(nested)).isInstanceOf(UnsupportedSqlException.class);
    }

    @Test
    void limitsInsideTextsStay() {
        assertThat(LimitSpelling.usual("SELECT 'FETCH NEXT 1 ROWS ONLY' OFFSET 2 ROWS FETCH NEXT 1 ROWS ONLY"))
                .isEqualTo("SELECT 'FETCH NEXT 1 ROWS ONLY' LIMIT 1 OFFSET 2");
    }
}
