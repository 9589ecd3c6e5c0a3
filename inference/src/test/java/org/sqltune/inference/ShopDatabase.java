package org.sqltune.inference;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A small SQLite file. */
public final class ShopDatabase {
    private ShopDatabase() {}

    /** Customers, two of them of a known city, and their three orders. */
    public static Path create(Path folder) {
        return create(
                folder.resolve("shop.db"),
                "CREATE TABLE customers (customer_id INTEGER PRIMARY KEY, name TEXT, city TEXT)",
                "CREATE TABLE orders (order_id INTEGER PRIMARY KEY, customer_id INTEGER"
                        + " REFERENCES customers (customer_id), amount REAL)",
                "INSERT INTO customers VALUES (1, 'Ada', 'London'), (2, 'Bo', NULL), (3, 'Chen', '上海')",
                "INSERT INTO orders VALUES (1, 1, 9.5), (2, 1, 120), (3, 3, 7.25)");
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
