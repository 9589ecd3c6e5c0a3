package org.sqltune.postgres.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the conversion believes of SQLite is what SQLite does. */
class SqliteRulesTest {
    private static final int TRIES = 300;

    private static Connection sqlite;

    @BeforeAll
    static void open() throws SQLException {
        sqlite = DriverManager.getConnection("jdbc:sqlite::memory:");
    }

    @AfterAll
    static void close() throws SQLException {
        sqlite.close();
    }

    @Test
    void affinitiesOfDeclaredTypesAreSqlites() throws SQLException {
        Random random = new Random(1);
        List<String> words = List.of(
                "INT", "CHAR", "TEXT", "CLOB", "BLOB", "REAL", "FLOA", "DOUB", "NUM", "DATE", "BOOL", "POINT",
                "STRING");
        for (int i = 0; i < TRIES; i++) {
            StringBuilder type = new StringBuilder();
            for (int word = random.nextInt(3); word >= 0; word--) {
                type.append(random.nextInt(8) == 0 ? "" : words.get(random.nextInt(words.size())));
            }
            String declared =
                    random.nextBoolean() ? type.toString() : type.toString().toLowerCase(java.util.Locale.ROOT);

            assertThat(Affinity.of(declared)).as(declared).isEqualTo(affinityInSqlite(declared));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "1",
                "-1",
                "+1",
                "01",
                "1.",
                ".5",
                ".",
                "1.5",
                "1e5",
                "1E+5",
                "1e",
                "e5",
                "-",
                "+",
                "",
                " ",
                " 1",
                "1 ",
                "1 2",
                "0x10",
                "1_000",
                "--1",
                "1.5.5",
                "NaN",
                "Infinity",
                "1e400",
                "9223372036854775808",
                "\t7\n",
                "ann"
            })
    void whatLooksNumericIsWhatSqliteStoresAsANumber(String text) throws SQLException {
        assertThat(TextFacts.looksNumeric(text)).isEqualTo(storedAsNumber(text));
    }

    @Test
    void anyTextLooksNumericWhereSqliteStoresANumber() throws SQLException {
        Random random = new Random(2);
        String alphabet = "0123456789.+-eE x";
        for (int i = 0; i < TRIES; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(6); length >= 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(TextFacts.looksNumeric(text.toString()))
                    .as("'" + text + "'")
                    .isEqualTo(storedAsNumber(text.toString()));
        }
    }

    @Test
    void aPlainIntegerIsWrittenAsSqliteWritesIt() throws SQLException {
        for (String text : List.of("0", "-0", "7", "-7", "07", "+7", " 7", "7 ", "123456789012345678", "7.0", "1e3")) {
            boolean sameWhenStored = asked("SELECT CAST(CAST(? AS NUMERIC) AS TEXT) = ?", text, text) == 1;

            assertThat(TextFacts.of(text).plainIntegers()).as("'" + text + "'").isEqualTo(sameWhenStored);
        }
    }

    @Test
    void aDateIsWhatSqliteWritesAsTheSameDate() throws SQLException {
        for (int year : List.of(1, 1900, 2000, 2014, 2016, 9999)) {
            for (int month = 1; month <= 12; month++) {
                for (int day = 27; day <= 32; day++) {
                    String text = "%04d-%02d-%02d".formatted(year, month, day);
                    boolean same = asked("SELECT coalesce(date(?, '+0 days') = ?, 0)", text, text) == 1;

                    assertThat(TextFacts.isDate(text)).as(text).isEqualTo(same);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2014-02-28 10:00:00",
                "2014-02-28 24:00:00",
                "2014-02-28 23:60:00",
                "2014-02-28 23:59:60",
                "2014-02-28T10:00:00",
                "2014-02-28 10:00",
                "2014-02-28",
                "2014-2-8 10:00:00",
                "0000-01-01 00:00:00",
                "2014-02-30 10:00:00",
                "now",
                ""
            })
    void aTimestampIsOneToTheSecond(String text) throws SQLException {
        boolean same = asked("SELECT coalesce(datetime(?, '+0 days') = ?, 0)", text, text) == 1;

        // The year 0 is none to PostgreSQL.
        assertThat(TextFacts.isTimestamp(text)).isEqualTo(same && !text.startsWith("0000"));
    }

    private static Affinity affinityInSqlite(String declared) throws SQLException {
        try (Statement statement = sqlite.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS a");
            statement.execute("CREATE TABLE a (c " + declared + ")");
            statement.execute("INSERT INTO a VALUES ('5'), (5), (1.0)");
            try (ResultSet rows = statement.executeQuery("SELECT group_concat(typeof(c)) FROM a")) {
                return switch (rows.getString(1)) {
                    case "text,text,text" -> Affinity.TEXT;
                    case "text,integer,real" -> Affinity.NONE;
                    case "real,real,real" -> Affinity.REAL;
                    default ->
                        declared.toUpperCase(java.util.Locale.ROOT).contains("INT")
                                ? Affinity.INTEGER
                                : Affinity.NUMERIC;
                };
            }
        }
    }

    private static boolean storedAsNumber(String text) throws SQLException {
        try (Statement statement = sqlite.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS n");
            statement.execute("CREATE TABLE n (c NUMERIC)");
        }
        try (PreparedStatement insert = sqlite.prepareStatement("INSERT INTO n VALUES (?)")) {
            insert.setString(1, text);
            insert.execute();
        }
        try (Statement statement = sqlite.createStatement();
                ResultSet rows = statement.executeQuery("SELECT typeof(c) <> 'text' FROM n")) {
            return rows.getInt(1) == 1;
        }
    }

    private static int asked(String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = sqlite.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return rows.getInt(1);
            }
        }
    }
}
