package org.sqltune.data.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.example.Example;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SqlIdentifiers;
import org.sqltune.data.split.Splits;
import org.sqltune.data.wikisql.WikiSqlSource;

/** WikiSQL in its official form: data.tar.bz2 with rows, and tables with headers, types and values. */
class OfficialWikiSqlTest {
    private static final String TABLE = """
            {"id": "1-100", "header": ["Player", "No.", "Order", "Years in Toronto", "Attendance"],\
             "types": ["text", "text", "text", "text", "real"],\
             "rows": [["Aleksandar Radojević", "25", "Center", "1999-2000", 1200.5],\
             ["O'Neal, \\"Shaq\\"", "31", "Guard-Forward", "2002-03", 18000],\
             ["Terrence Ross", "31", "Guard", "2012-present", 21]],\
             "caption": "Players", "page_title": "Toronto Raptors", "section_title": "R", "name": "table_1_100"}
            """;

    private static final String ROWS = """
            {"phase": 1, "table_id": "1-100", "question": "Who wears number 25?", "sql": {"sel": 0, "conds": [[1, 0, "25"]], "agg": 0}}
            {"phase": 1, "table_id": "1-100", "question": "How many played before 18,000?", "sql": {"sel": 0, "conds": [[4, 2, "18,000"]], "agg": 3}}
            {"phase": 1, "table_id": "1-100", "question": "Most?", "sql": {"sel": 4, "conds": [], "agg": 1}}
            {"phase": 2, "table_id": "1-100", "question": "Which order had Shaq?", "sql": {"sel": 2, "conds": [[0, 0, "O'Neal, \\"Shaq\\""], [4, 1, "about 1000"]], "agg": 0}}
            {"phase": 2, "table_id": "1-100", "question": "Sum of 31s?", "sql": {"sel": 4, "conds": [[1, 0, 31]], "agg": 4}}
            """;

    @TempDir
    private Path folder;

    private Splits<Example> splits;

    @BeforeEach
    void prepare() throws IOException {
        Path archive = folder.resolve("data.tar.bz2");
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new BZip2CompressorOutputStream(Files.newOutputStream(archive)))) {
            for (String part : List.of("train", "dev", "test")) {
                add(tar, "data/" + part + ".jsonl", ROWS);
                add(tar, "data/" + part + ".tables.jsonl", TABLE);
                add(tar, "data/" + part + ".db", "a database, which isn't needed");
            }
        }
        splits = new WikiSqlSource(archive).prepare();
    }

    @Test
    void headersAndTypesAreTheTablesOwn() {
        assertThat(((Schema) splits.train().get(0).schema()).tables().get(0).columns())
                .contains(
                        new Column("Player", "text", false),
                        new Column("Years in Toronto", "text", false),
                        new Column("Attendance", "real", false));
        assertThat(splits.train().get(1).sql())
                .isEqualTo("SELECT COUNT(Player) FROM \"table\" WHERE Attendance < 18000");
    }

    @Test
    void everyQueryFindsWhatTheStructMeans() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            fill(connection);
            List<List<Object>> answers = new ArrayList<>();
            for (Example example : splits.test()) {
                answers.add(query(connection, example.sql()));
            }
            assertThat(answers)
                    .containsExactly(
                            List.of("Aleksandar Radojević"),
                            List.of(2),
                            List.of(18000.0),
                            List.of("Guard-Forward"),
                            List.of(18021.0));
        }
    }

    @Test
    void everyRowIsCountedInAndOut() {
        assertThat(splits.counts())
                .extracting(RowCount::file, RowCount::rowsIn, RowCount::rowsOut)
                .containsExactly(tuple("train.jsonl", 5, 5), tuple("dev.jsonl", 5, 5), tuple("test.jsonl", 5, 5));
        assertThat(splits.notes()).isEmpty();
    }

    /** The table as its own header and types say, with its own rows. */
    private static void fill(Connection connection) throws SQLException {
        JsonRow[] table = new JsonRow[1];
        try {
            Path file = Files.writeString(Files.createTempFile("table", ".jsonl"), TABLE);
            JsonRows.forEach(file, row -> table[0] = row);
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            columns.add(
                    SqlIdentifiers.quoted(table[0].object().get("header").get(i).asText()) + " "
                            + table[0].object().get("types").get(i).asText());
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE \"table\" (" + String.join(", ", columns) + ")");
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO \"table\" VALUES (?, ?, ?, ?, ?)")) {
            for (var row : table[0].object().get("rows")) {
                for (int i = 0; i < 5; i++) {
                    insert.setObject(
                            i + 1,
                            row.get(i).isNumber()
                                    ? row.get(i).asDouble()
                                    : row.get(i).asText());
                }
                insert.executeUpdate();
            }
        }
    }

    private static List<Object> query(Connection connection, String sql) throws SQLException {
        List<Object> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getObject(1));
            }
        }
        return values;
    }

    private static void add(TarArchiveOutputStream tar, String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }
}
