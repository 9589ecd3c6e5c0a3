package org.sqltune.data.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Says which schemas of a PostgreSQL database have tables that aren't read, since they aren't on the search path. */
final class OtherSchemas {
    private static final int MOST = 10;

    private static final String OTHERS = """
            SELECT n.nspname, count(*), array_to_string((array_agg(c.relname::text ORDER BY c.relname))[1:3], ', '),
              array_to_string(current_schemas(false), ',')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('p', 'r', 'f', 'v', 'm') AND n.nspname <> ALL (current_schemas(false))
              AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' AND has_schema_privilege(n.oid, 'USAGE')
              AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass
                AND d.deptype = 'e')
            GROUP BY n.nspname ORDER BY n.nspname LIMIT\s""" + MOST;

    private OtherSchemas() {}

    /** A sentence for each, with what to write to see it. */
    static List<String> notes(Connection connection) throws SQLException {
        List<String> notes = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(OTHERS)) {
            while (row.next()) {
                int tables = row.getInt(2);
                String path = row.getString(4).isEmpty() ? "" : row.getString(4) + ",";
                notes.add("The schema " + row.getString(1) + " isn't shown (" + tables
                        + (tables == 1 ? " table: " : " tables: ") + row.getString(3) + (tables > 3 ? ", …" : "")
                        + "): add it to the search path with currentSchema=" + path + row.getString(1)
                        + " in the URL");
            }
        }
        return notes;
    }
}
