package org.sqltune.synthesis;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaReader;

/** A small shop in memory with what templates ask for: names, categories, dates, gaps, links over two steps. */
public final class ShopDatabase {
    private static final String[] CITIES = {"Oslo", "Rome", "Lima", "Cairo"};
    private static final String[] SEGMENTS = {"Private", "Business", "Student"};
    private static final String[] STATUSES = {"open", "paid", "returned"};

    private ShopDatabase() {}

    /** Opens the shop. */
    public static Connection open() throws SQLException {
        Connection connection = withStatements(
                "CREATE TABLE customers (customer_id INTEGER PRIMARY KEY, name TEXT, city TEXT, segment TEXT,"
                        + " age INTEGER, seats INTEGER, signup_date TEXT, last_login TEXT)",
                "CREATE TABLE suppliers (supplier_id INTEGER PRIMARY KEY, name TEXT, rating INTEGER)",
                "INSERT INTO suppliers VALUES (1, 'North Trade', 3), (2, 'South Trade', 4), (3, 'East Trade', 5)",
                "CREATE TABLE products (product_id INTEGER PRIMARY KEY, name TEXT, category TEXT, price REAL,"
                        + " stock INTEGER, supplier_id INTEGER REFERENCES suppliers, cost REAL)",
                "CREATE TABLE orders (order_id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers,"
                        + " product_id INTEGER REFERENCES products, order_date TEXT, status TEXT, total REAL)",
                "CREATE TABLE items (item_id INTEGER PRIMARY KEY, order_id INTEGER REFERENCES orders,"
                        + " quantity INTEGER, note TEXT)",
                "CREATE TABLE reviews (review_id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers,"
                        + " product_id INTEGER REFERENCES products, rating INTEGER, comment TEXT)");
        try (Statement statement = connection.createStatement()) {
            for (int i = 1; i <= 24; i++) {
                statement.executeUpdate("INSERT INTO customers VALUES (" + i + ", 'Customer Number" + i + "', '"
                        + CITIES[i % 4] + "', '" + SEGMENTS[i % 4 == 3 ? 0 : i % 3] + "', " + (20 + i * 7 % 41) + ", "
                        + (i % 6 + 1)
                        + ", '20" + (18 + i % 6) + "-0" + (i % 9 + 1) + "-1" + i % 10 + "', "
                        + (i % 5 == 0 ? "NULL" : "'2024-0" + (i % 9 + 1) + "-02'") + ")");
                statement.executeUpdate("INSERT INTO products VALUES (" + i + ", 'Thing " + (char) ('A' + i) + "x', '"
                        + SEGMENTS[i * i % 3] + " goods', " + (i * 3.5 + 1) + ", " + i * 13 % 50 + ", " + (i % 3 + 1)
                        + ", " + (i % 4 == 0 ? i * 4 : i * 2.75) + ")");
            }
            for (int i = 1; i <= 80; i++) {
                // The first customer has one order, the second two, and so on: no ties at the top.
                int customer = (int) Math.ceil((Math.sqrt(8 * i + 1.0) - 1) / 2);
                int product = (i * 5) % 17 + 1;
                statement.executeUpdate("INSERT INTO orders VALUES (" + i + ", " + customer + ", " + product + ", '202"
                        + (2 + i % 3) + "-1" + i % 3 + "-0" + (i % 9 + 1) + "', '" + STATUSES[i % 3] + "', "
                        + (i * 2.25 + 3)
                        + ")");
                statement.executeUpdate("INSERT INTO items VALUES (" + i + ", " + (i % 60 + 1) + ", " + (i % 7 + 1)
                        + ", " + (i % 4 == 0 ? "NULL" : "'note " + i + "'") + ")");
                statement.executeUpdate("INSERT INTO reviews VALUES (" + i + ", " + (i % 13 + 1) + ", "
                        + (i * 7 % 13 + 1) + ", " + (i % 5 + 1) + ", 'Comment " + i % 8 + "')");
            }
        }
        return connection;
    }

    /** Opens an empty database in memory and runs the statements. */
    public static Connection withStatements(String... statements) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        }
        return connection;
    }

    /** The schema of an open database. */
    public static Schema schema(Connection connection) throws SQLException {
        return new SchemaReader().read(connection, "shop");
    }
}
