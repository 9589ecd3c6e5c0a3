package org.sqltune.core.sql.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Each of SQLite's keywords in each place where a name can stand, with SQLite as the judge. */
class KeywordsTest {
    private static final String ALL = "ABORT ACTION ADD AFTER ALL ALTER ALWAYS ANALYZE AND AS ASC ATTACH AUTOINCREMENT"
            + " BEFORE BEGIN BETWEEN BY CASCADE CASE CAST CHECK COLLATE COLUMN COMMIT CONFLICT CONSTRAINT CREATE CROSS"
            + " CURRENT CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP DATABASE DEFAULT DEFERRABLE DEFERRED DELETE DESC"
            + " DETACH DISTINCT DO DROP EACH ELSE END ESCAPE EXCEPT EXCLUDE EXCLUSIVE EXISTS EXPLAIN FAIL FILTER FIRST"
            + " FOLLOWING FOR FOREIGN FROM FULL GENERATED GLOB GROUP GROUPS HAVING IF IGNORE IMMEDIATE IN INDEX INDEXED"
            + " INITIALLY INNER INSERT INSTEAD INTERSECT INTO IS ISNULL JOIN KEY LAST LEFT LIKE LIMIT MATCH"
            + " MATERIALIZED NATURAL NO NOT NOTHING NOTNULL NULL NULLS OF OFFSET ON OR ORDER OTHERS OUTER OVER PARTITION"
            + " PLAN PRAGMA PRECEDING PRIMARY QUERY RAISE RANGE RECURSIVE REFERENCES REGEXP REINDEX RELEASE RENAME"
            + " REPLACE RESTRICT RETURNING RIGHT ROLLBACK ROW ROWS SAVEPOINT SELECT SET TABLE TEMP TEMPORARY THEN TIES"
            + " TO TRANSACTION TRIGGER UNBOUNDED UNION UNIQUE UPDATE USING VACUUM VALUES VIEW VIRTUAL WHEN WHERE WINDOW"
            + " WITH WITHIN WITHOUT";

    @Test
    void everyKeywordIsANameWhereSqliteTakesItForOne() throws SQLException {
        try (Sqlite sqlite = new Sqlite()) {
            for (String form : new String[] {
                "SELECT 1 AS %s",
                "SELECT 1 %s",
                "SELECT x FROM (SELECT 1 AS x) %s",
                "SELECT x FROM (SELECT 1 AS x) AS %s",
                "SELECT %s FROM (SELECT 1 AS \"%s\")",
                "SELECT %s + 1 FROM (SELECT 1 AS \"%s\")",
                "SELECT t.%s FROM (SELECT 1 AS \"%s\") AS t",
                "SELECT %s.x FROM (SELECT 1 AS x) AS \"%s\"",
                "SELECT %s(1)",
                "WITH %s AS (SELECT 1) SELECT 1",
                "WITH c (%s) AS (SELECT 1) SELECT 1",
                "SELECT CAST(1 AS %s)",
                "SELECT 1 COLLATE %s",
                "SELECT count(1) OVER (%s)",
                "SELECT count(1) OVER %s",
                "SELECT 1 FROM t JOIN u USING (%s)",
                "SELECT 1 FROM %s",
                "SELECT 1 FROM main.%s",
                "SELECT 1 ORDER BY %s"
            }) {
                for (String keyword : ALL.split(" ")) {
                    String sql = form.replace("%s", keyword);
                    assertThat(ParsedSql.of(sql).isPresent())
                            .as(sql + ": " + sqlite.error(sql))
                            .isEqualTo(sqlite.parses(sql));
                }
            }
        }
    }

    @Test
    void caseDoesNotMatter() {
        assertThat(Keywords.isReserved("Select")).isTrue();
        assertThat(Keywords.isReserved("name")).isFalse();
        assertThat(Keywords.isJoinKind("nAtural")).isTrue();
        assertThat(Keywords.isJoinKind("join")).isFalse();
        assertThat(Keywords.isMatching("GLOB")).isTrue();
        assertThat(Keywords.isMatching("between")).isFalse();
    }
}
