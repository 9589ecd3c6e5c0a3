package org.sqltune.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqltune.core.io.AtomicFiles;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaReader;

/** A small SQLite file. */
public final class ShopDatabase {
    private static final String NAME = "shop.db";

    private ShopDatabase() {}

    /** Customers, two of them of a known city, and their three orders. */
    public static Path create(Path folder) {
        return create(
                folder.resolve(NAME),
                "CREATE TABLE customers (customer_id INTEGER PRIMARY KEY, name TEXT, city TEXT)",
                "CREATE TABLE orders (order_id INTEGER PRIMARY KEY, customer_id INTEGER"
                        + " REFERENCES customers (customer_id), amount REAL)",
                "INSERT INTO customers VALUES (1, 'Ada', 'London'), (2, 'Bo', NULL), (3, 'Chen', '上海')",
                "INSERT INTO orders VALUES (1, 1, 9.5), (2, 1, 120), (3, 3, 7.25)");
    }

    /** The schema of such a file, or of any other. Theirs is read once: that takes a process. */
    public static Schema schema(Path file) {
        return file.endsWith(NAME) ? Read.SCHEMA : new SchemaReader().read(file);
    }

    private static final class Read {
        static final Schema SCHEMA = read();

        private static Schema read() {
            try {
                Path folder = Files.createTempDirectory("shop");
                try {
                    return new SchemaReader().read(create(folder));
                } finally {
                    AtomicFiles.deleteRecursively(folder);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public static Path create(Path file, String... statements) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.executeUpdate(each);
            }
            return file;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
