package org.sqltune.core.sql.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.schema.SchemaReader;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.SqliteExecutor;
import org.sqltune.core.sql.TestDatabases;
import org.sqltune.core.sql.syntax.Query;
import org.sqltune.core.sql.syntax.Query.Select;
import org.sqltune.core.sql.syntax.QueryParser;

/** What a query's columns are called where another query reads them: as SQLite itself calls them. */
class ResultNamesTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM t",
                "SELECT a, B AS z, t.c FROM t",
                "SELECT A, \"b\", [c] FROM t",
                "SELECT a, a, a AS a FROM t",
                "SELECT a, A, t.a AS \"a:1\" FROM t",
                "SELECT a AS \"a:1\", a AS \"a:1\", a FROM t",
                "SELECT a AS \"12\", a AS \"12\", a AS \"a:\", a AS \"A:\" FROM t",
                "SELECT a AS \":1\", a AS \":1\", a AS \"a:1:2\", a AS \"a:1:2\", a AS \"a:b\", a AS \"a:b\" FROM t",
                "SELECT t.a, u.a FROM t, u",
                "SELECT * FROM t, u",
                "SELECT t.*, * FROM t",
                "SELECT u.*, t.* FROM t JOIN u USING (a)",
                "SELECT * FROM t JOIN u USING (a)",
                "SELECT * FROM t LEFT JOIN u USING (A)",
                "SELECT * FROM t NATURAL JOIN u",
                "SELECT * FROM t NATURAL JOIN u NATURAL JOIN v",
                "SELECT * FROM t JOIN u JOIN v USING (d)",
                "SELECT * FROM (SELECT a AS x, b FROM t) JOIN u ON x = d",
                "SELECT * FROM (SELECT a, b FROM t) AS s NATURAL JOIN u",
                "SELECT count(*), max(a), a + 1 FROM t",
                "SELECT 1, 'x', NULL, (SELECT 1)",
                "VALUES (1, 2, 3)",
                "VALUES (1) UNION SELECT a FROM t",
                "SELECT a FROM t UNION SELECT d FROM u ORDER BY 1",
                "WITH w AS (SELECT a, d FROM u) SELECT * FROM w",
                "WITH w (x, y) AS (SELECT a, d FROM u) SELECT y, x FROM w",
                "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) SELECT * FROM n",
                "SELECT * FROM odd"
            })
    void aQueryInsideHasTheColumnsThatSqliteGivesIt(String inside) {
        Path file = TestDatabases.create(
                folder.resolve("a.sqlite"),
                "CREATE TABLE t (a, b, c)",
                "CREATE TABLE u (a, d)",
                "CREATE TABLE v (d, e)",
                "CREATE TABLE odd (\"a b\", \"select\", \"É\")");
        String sql = "SELECT * FROM (" + inside + ") AS q";
        Catalog catalog = Catalog.of(new SchemaReader().read(file));
        Query query = QueryParser.parse(sql);
        ResolvedQuery resolved = NameResolver.resolve(query, catalog);
        assertThat(resolved.faults()).isEmpty();
        try (SqliteExecutor sqlite = SqliteExecutor.open(file, QueryLimits.DEFAULTS)) {
            assertThat(resolved.sources((Select) query.body()).get(0).columns())
                    .isEqualTo(sqlite.execute(sql).columns());
        }
    }
}
