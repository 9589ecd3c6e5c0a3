package org.sqltune.data.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** A process that locks a database, says so, and holds the lock until it is killed or a minute is over. */
final class LockHolder {
    private LockHolder() {}

    public static void main(String[] arguments) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            System.out.println("locked");
            Thread.sleep(60_000);
        }
    }
}
