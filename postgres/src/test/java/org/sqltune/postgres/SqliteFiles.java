package org.sqltune.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Makes SQLite files. */
public final class SqliteFiles {
    /** Singers and their concerts: NULLs, a text that holds numbers, dates, a boolean, mixed values, decimals. */
    public static final String CONCERTS = """
            CREATE TABLE singer (id INTEGER PRIMARY KEY, Name TEXT, age INT, country VARCHAR(20), net REAL,
              is_male BOOL, born DATE, "Song Name" TEXT, "order" INTEGER, code TEXT, price DECIMAL(10,2), loose INTEGER);
            INSERT INTO singer VALUES
              (1, 'Joe', 52, 'France', 10.5, 1, '1970-03-01', 'You', 3, '7', 2, 1),
              (2, 'ann', 32, 'France', 20.25, 0, '1990-12-31', 'Dangerous', 1, '08', 2.5, 'x'),
              (3, 'Rose', 41, 'United States', NULL, 0, NULL, 'Hey_Oh', 2, '15', 3, NULL),
              (4, 'Tribal', NULL, NULL, 5, 1, '1985-07-15', NULL, 2, '15', 10, 20),
              (5, 'Zoë', 29, 'france', 7, NULL, '1995-01-31', 'It''s', 5, '3', 1.25, '');
            CREATE TABLE concert (concert_id INTEGER PRIMARY KEY, title TEXT, year TEXT, singer_id INT, held DATETIME,
              tickets BIGINT, FOREIGN KEY (singer_id) REFERENCES singer (id));
            INSERT INTO concert VALUES
              (1, 'Auditions', '2014', 1, '2014-05-06 20:00:00', 100), (2, 'Super bootcamp', '2014', 2, '2014-06-07 19:30:00', 0),
              (3, 'Home Visits', '2015', 2, '2015-06-07 19:30:00', 7), (4, 'Week 1', '2015', 3, NULL, 9000000000),
              (5, 'Week 2', '2014', 3, '2014-12-31 23:59:59', 3), (6, 'Nobody', '2013', NULL, '2013-01-01 00:00:00', NULL);
            """;

    private SqliteFiles() {}

    /** Makes {@code folder/name/name.sqlite} with a script. */
    public static Path make(Path folder, String name, String script) {
        Path file = folder.resolve(name).resolve(name + ".sqlite");
        try {
            Files.createDirectories(file.getParent());
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = connection.createStatement()) {
                for (String each : script.split(";\\s*(\\R|$)")) {
                    if (!each.isBlank()) {
                        statement.execute(each);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return file;
    }
}
