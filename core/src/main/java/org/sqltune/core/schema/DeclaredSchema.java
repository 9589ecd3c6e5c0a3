package org.sqltune.core.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.sql.MemoryDatabase;

/** Reads the structure of a database from the CREATE TABLE statements that declare it. */
public final class DeclaredSchema {
    private DeclaredSchema() {}

    /**
     * Runs the statements in a database of their own in memory, which can attach no file, and reads its structure.
     *
     * @param statements in SQLite's SQL, separated by semicolons
     * @param databaseId the schema's {@code databaseId}
     * @throws SqlTuneException if SQLite refuses one: names the database and says why
     */
    public static Schema read(String statements, String databaseId) {
        try (Connection memory = MemoryDatabase.open();
                Statement statement = memory.createStatement()) {
            statement.executeUpdate(statements);
            return new SchemaReader().read(memory, databaseId);
        } catch (SQLException refused) {
            throw new SqlTuneException(
                    "The schema of " + databaseId + " isn't SQL that SQLite takes: " + refused.getMessage()
                            + ". Correct its CREATE TABLE statements",
                    refused);
        }
    }
}
