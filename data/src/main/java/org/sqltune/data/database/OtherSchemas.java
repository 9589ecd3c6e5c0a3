package org.sqltune.data.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Finds schemas of a PostgreSQL database whose tables aren't read because they aren't on the search path. */
final class OtherSchemas {
    private static final int MOST = 10;
    private static final int NAMED = 3;

    private static final String OTHERS = """
            SELECT n.nspname, count(*), array_to_string((array_agg(c.relname::text ORDER BY c.relname))[1:3], ', '),
              array_to_string(current_schemas(false), ',')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('p', 'r', 'f', 'v', 'm') AND n.nspname <> ALL (current_schemas(false))
              AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' AND has_schema_privilege(n.oid, 'USAGE')
              AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass
                AND d.deptype = 'e')
            GROUP BY n.nspname ORDER BY n.nspname LIMIT\s""" + (MOST + 1);

    private OtherSchemas() {}

    /** Returns a sentence that names them and how to read them; empty if there are none. */
    static List<String> notes(Connection connection) throws SQLException {
        List<String> others = new ArrayList<>();
        String path = "";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(OTHERS)) {
            while (row.next()) {
                path = (row.getString(4).isEmpty() ? "" : row.getString(4) + ",") + row.getString(1);
                int tables = row.getInt(2);
                others.add(row.getString(1) + " (" + tables + (tables == 1 ? " table: " : " tables: ")
                        + row.getString(3) + (tables > NAMED ? ", …)" : ")"));
            }
        }
        if (others.isEmpty()) {
            return List.of();
        }
        String more = others.size() > MOST ? ", …" : "";
        return List.of("Not shown of other schemas: "
                + String.join(", ", others.subList(0, Math.min(MOST, others.size()))) + more
                + ". To have one of them, add it to the search path in the URL, as in currentSchema=" + path);
    }
}
