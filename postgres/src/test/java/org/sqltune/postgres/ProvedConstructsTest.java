package org.sqltune.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.SqliteExecutor;
import org.sqltune.postgres.proof.PostgresDatabase;
import org.sqltune.postgres.proof.PostgresServer;
import org.sqltune.postgres.proof.QueryProof;
import org.sqltune.postgres.proof.RejectReason;
import org.sqltune.postgres.proof.Verdict;
import org.sqltune.postgres.query.QueryTranslator;
import org.sqltune.postgres.schema.PostgresSchema;
import org.sqltune.postgres.schema.SchemaConverter;

/** Each construct returns the same rows from both databases. */
@ExtendWith(SharedServer.class)
class ProvedConstructsTest {
    private static final QueryLimits LIMITS = QueryLimits.DEFAULTS.with(2, 1000);

    @TempDir
    private static Path folder;

    private static SqliteExecutor sqlite;
    private static PostgresDatabase postgres;
    private static QueryProof proof;

    @BeforeAll
    static void copy(PostgresServer server) {
        Path file = SqliteFiles.make(folder, "concerts", SqliteFiles.CONCERTS);
        PostgresSchema schema = new SchemaConverter().convert(file);
        sqlite = SqliteExecutor.open(file, LIMITS);
        postgres = PostgresDatabase.copy(server, schema, file, LIMITS);
        proof = new QueryProof(new QueryTranslator(schema), sqlite, postgres);
    }

    @AfterAll
    static void close() {
        postgres.close();
        sqlite.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM singer",
                "SELECT *, count(*) FROM singer GROUP BY id",
                "SELECT s.*, c.title FROM singer AS s LEFT JOIN concert AS c ON c.singer_id = s.id ORDER BY s.id, c.title",
                "SELECT name FROM singer WHERE country = \"France\" OR \"country\" = \"no column\"",
                "SELECT Name FROM singer WHERE name LIKE 'J%' OR name LIKE '%Ë' OR country LIKE 'FRANCE'",
                "SELECT name FROM singer WHERE \"song name\" LIKE '%\\_%' OR name GLOB '[JR]o*' OR name GLOB '*?e'",
                "SELECT name FROM singer WHERE \"song name\" LIKE 'hey\\_oh' ESCAPE '\\'",
                "SELECT title FROM concert WHERE year = 2014 AND year > 2013 AND year IN (2014, '2015')",
                "SELECT title FROM concert WHERE year BETWEEN 2014 AND 2015",
                "SELECT code FROM singer WHERE code = 8",
                "SELECT code FROM singer WHERE code + 0 = 8",
                "SELECT a.id, b.id FROM singer a JOIN singer b ON a.id = b.code",
                "SELECT id FROM singer WHERE id IN (SELECT code FROM singer)",
                "SELECT id FROM singer WHERE code = id OR code > id",
                "SELECT name FROM singer WHERE age = '52' OR age > 'text'",
                "SELECT name, age > 40, NOT age > 40, age IS NULL FROM singer",
                "SELECT name FROM singer WHERE age",
                "SELECT name FROM singer WHERE is_male = 1 OR is_male IS NULL",
                "SELECT sum(is_male), avg(is_male), max(is_male), count(is_male) FROM singer",
                "SELECT is_male + 1, is_male = 2 FROM singer",
                "SELECT loose FROM singer ORDER BY loose",
                "SELECT loose FROM singer ORDER BY loose DESC",
                "SELECT id FROM singer WHERE loose > 5",
                "SELECT id FROM singer WHERE loose < 5 OR loose = 'x' OR loose = 20",
                "SELECT min(loose), max(loose), sum(loose), avg(loose), count(DISTINCT loose) FROM singer",
                "SELECT a.id, b.id FROM singer a, singer b WHERE a.loose < b.loose",
                "SELECT age / 2, age / 2.0, age % 7, -age / 4, 5 / 0, age / (id - id), 1.0 / 3 FROM singer",
                "SELECT price / 2, price * 3, price % 2, round(price), sum(price) / 2 FROM singer GROUP BY id, price",
                "SELECT tickets / 7, tickets + 1, sum(tickets) / count(*) FROM concert GROUP BY concert_id",
                "SELECT sum(age) / count(*), avg(age), total(age), sum(net) FROM singer",
                "SELECT code + 1, '3 apples' + 4, 'x' * 2, code * code FROM singer",
                "SELECT name || ' ' || age || country FROM singer",
                "SELECT iif(age > 40, 'old', 'young'), ifnull(age, 'none'), coalesce(net, age, 0), nullif(age, 52) FROM singer",
                "SELECT instr(name, 'o'), substr(name, 2), substr(name, 2, 2), substr(name, -2), substr(name, -3, 2) FROM singer",
                "SELECT upper(name), lower(name), length(name), trim('  x '), ltrim('xxa', 'x'), replace(name, 'o', '0') FROM singer",
                "SELECT abs(-3), round(2.5), round(3.14159, 2), max(1, 3, 2), min(age, 40), round(-2.5) FROM singer",
                "SELECT cast('12abc' AS INTEGER), cast(2.9 AS INTEGER), cast(age AS TEXT), cast(code AS REAL) FROM singer",
                "SELECT CASE country WHEN 'France' THEN 1 WHEN 'x' THEN 2 ELSE 'none' END FROM singer",
                "SELECT strftime('%Y', born), strftime('%m/%d', born), date(born), strftime('%w', held), strftime('%j', held) FROM singer JOIN concert ON singer_id = id",
                "SELECT date(born, '+1 month'), date(born, 'start of year', '-1 day'), datetime(held, '+90 minutes') FROM singer JOIN concert ON singer_id = id",
                "SELECT julianday(held) - julianday(born), strftime('%s', held) FROM singer JOIN concert ON singer_id = id",
                "SELECT cast(strftime('%Y', born) AS INTEGER) - 1900 FROM singer",
                "SELECT name FROM singer WHERE born > '1985' AND born < '1995-01-31' ORDER BY born",
                "SELECT max(born), min(held) FROM singer, concert WHERE born LIKE '19%'",
                "SELECT title FROM concert WHERE held LIKE '2014%' OR held >= '2015'",
                "SELECT s.name, count(*) FROM singer s JOIN concert c ON s.id = c.singer_id GROUP BY c.singer_id",
                "SELECT name, max(age) FROM singer",
                "SELECT name, min(age), country FROM singer WHERE age < 50 GROUP BY country",
                "SELECT count(*) AS n, country AS land FROM singer GROUP BY land HAVING n > 1 ORDER BY n DESC, land",
                "SELECT country FROM singer GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1",
                "SELECT max(age) FROM singer HAVING count(*) > 2",
                "SELECT DISTINCT country FROM singer ORDER BY country",
                "SELECT DISTINCT name, age FROM singer ORDER BY singer.age DESC",
                "SELECT name AS n FROM singer WHERE n = 'Joe'",
                "SELECT age FROM singer ORDER BY age",
                "SELECT name, age FROM singer ORDER BY age DESC, name LIMIT 3",
                "SELECT name FROM singer ORDER BY country, name DESC LIMIT 1, 2",
                "SELECT name FROM singer ORDER BY lower(name)",
                "SELECT country FROM singer UNION SELECT year FROM concert ORDER BY 1",
                "SELECT age FROM singer UNION ALL SELECT year FROM concert",
                "SELECT name FROM singer EXCEPT SELECT name FROM singer WHERE age > 40 UNION SELECT 'a'",
                "SELECT id FROM singer INTERSECT SELECT singer_id FROM concert ORDER BY id DESC",
                "SELECT name FROM singer WHERE age > (SELECT avg(age) FROM singer)",
                "SELECT name FROM singer s WHERE EXISTS (SELECT 1 FROM concert WHERE singer_id = s.id AND year = '2014')",
                "SELECT name FROM singer WHERE id NOT IN (SELECT singer_id FROM concert WHERE singer_id IS NOT NULL)",
                "SELECT avg(n) FROM (SELECT count(*) AS n FROM concert GROUP BY singer_id)",
                "SELECT t.name FROM (SELECT name, age AS a FROM singer) t WHERE a > 30",
                "WITH old AS (SELECT * FROM singer WHERE age > 40) SELECT count(*), max(name) FROM old",
                "WITH o(x, y) AS (SELECT id, name FROM singer) SELECT y FROM o WHERE x = 2",
                "SELECT name, title FROM singer, concert WHERE id = singer_id AND year = 2014",
                "SELECT name, c.title FROM singer JOIN concert c ON singer.id = d.singer_id JOIN concert d ON c.concert_id = d.concert_id",
                "SELECT count(*) FROM concert a JOIN concert b USING (singer_id)",
                "SELECT * FROM concert a JOIN concert b USING (concert_id)",
                "SELECT count(*) FILTER (WHERE age > 40), count(DISTINCT country) FROM singer",
                "SELECT age IS 52, age IS NOT 52, age IS NOT NULL, country IS NULL FROM singer",
                "SELECT rowid, name FROM singer WHERE rowid = 2",
                "SELECT name FROM singer WHERE (country, is_male) IN (SELECT country, is_male FROM singer WHERE id = 1)",
                "SELECT group_concat(name) FROM singer WHERE id = 1",
                "SELECT true, false, NULL, 'a?b', \"it's\", 1e3, 0x1F"
            })
    void returnsTheSameRows(String sql) {
        Verdict verdict = proof.prove(sql);
        assertThat(verdict.reason())
                .as("%s%n%s%n%s", sql, verdict.sql(), verdict.detail())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "SELECT nothing FROM singer ~ SQLITE_ERROR",
                "DROP TABLE singer ~ SQLITE_ERROR",
                "SELECT printf('%d', age) FROM singer ~ CONVERSION",
                "SELECT rank() OVER (ORDER BY age) FROM singer ~ CONVERSION",
                "SELECT year FROM concert GROUP BY year ORDER BY year LIKE '201%' LIMIT 1 ~ TIED_LIMIT",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n ~ TIMEOUT"
            })
    void whatIsntProvedHasAReason(String sql, RejectReason reason) {
        Verdict verdict = proof.prove(sql);
        boolean luck = reason == RejectReason.TIED_LIMIT && verdict.isProved() && verdict.freeChoice();
        assertThat(luck || verdict.reason() == reason)
                .as("%s %s", verdict.reason(), verdict.detail())
                .isTrue();
    }

    @Test
    void aFreeRowOfAGroupIsNoticed() {
        Verdict verdict = proof.prove("SELECT name FROM singer GROUP BY country");
        assertThat(verdict.freeChoice() || verdict.reason() == RejectReason.FREE_ROW_OF_GROUP)
                .isTrue();
    }
}
