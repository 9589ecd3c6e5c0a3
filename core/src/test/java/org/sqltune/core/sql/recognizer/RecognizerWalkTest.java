package org.sqltune.core.sql.recognizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaReader;
import org.sqltune.core.sql.scope.Catalog;
import org.sqltune.core.sql.scope.NameResolver;
import org.sqltune.core.sql.syntax.QueryParser;

/** What is accepted prepares on the database, is read by the parser, and has no unknown name. */
class RecognizerWalkTest {
    private static final int WALKS = Integer.getInteger("sqltune.walks", 60);

    private static final List<String> TABLES = List.of(
            "CREATE TABLE singer (singer_id INTEGER PRIMARY KEY, name TEXT, Age INT, country TEXT)",
            "CREATE TABLE concert (concert_id INTEGER PRIMARY KEY, name TEXT, year INT, stadium_id INT)",
            "CREATE TABLE singer_in_concert (singer_id INT, concert_id INT)",
            "CREATE TABLE one (only_column TEXT)",
            "CREATE TABLE \"order\" (\"group\" INT, \"two words\" TEXT, \"it's\" TEXT, \"say \"\"hi\"\"\" TEXT, desc TEXT)",
            "CREATE TABLE t1 (a INT, b INT, \"größe\" INT, \"select\" INT, count INT)");

    @Test
    void everyRandomQueryPrepares() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            try (Statement statement = connection.createStatement()) {
                for (String table : TABLES) {
                    statement.executeUpdate(table);
                }
            }
            Schema schema = new SchemaReader().read(connection, "walks");
            QueryRecognizer.Database database = new QueryRecognizer.Database(schema);
            List<String> refused = new ArrayList<>();
            for (int seed = 0; seed < WALKS; seed++) {
                String sql;
                try {
                    sql = new RandomWalk(new Random(seed)).from(database.begin(), 20 + seed % 300);
                } catch (IllegalStateException e) {
                    refused.add(seed + ": " + e.getMessage());
                    continue;
                }
                String fault = fault(connection, schema, sql);
                if (!fault.isEmpty()) {
                    refused.add(fault + ": "
                            + sql.replace("\r", "<CR>").replace("\n", "<LF>").replace("\t", "<TAB>"));
                }
            }
            assertThat(refused).isEmpty();
        }
    }

    private static String fault(Connection connection, Schema schema, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.executeQuery("EXPLAIN " + sql).close();
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
        try {
            var faults = NameResolver.resolve(QueryParser.parse(sql), Catalog.of(schema))
                    .faults();
            return faults.isEmpty() ? "" : faults.toString();
        } catch (RuntimeException e) {
            return "parser: " + e.getMessage();
        }
    }
}
