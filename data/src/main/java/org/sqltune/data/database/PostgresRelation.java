package org.sqltune.data.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.schema.DeclarationText;

/**
 * A table or view of PostgreSQL.
 *
 * @param kind PostgreSQL's letter for the kind of relation
 * @param query a view's query on one line; empty for others
 */
record PostgresRelation(long id, String name, String kind, String query) {
    /**
     * Selects the relations that a query can name without their schema: tables first, partitioned ones before others.
     */
    private static final String RELATIONS = """
            SELECT c.oid, c.relname, c.relkind,
              CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) ELSE '' END
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ANY(current_schemas(false)) AND c.relkind IN ('p', 'r', 'f', 'v', 'm')
              AND pg_table_is_visible(c.oid)
              AND NOT (c.relkind IN ('v', 'm') AND EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid
                AND d.classid = 'pg_class'::regclass AND d.deptype = 'e'))
            ORDER BY array_position(ARRAY['p', 'r', 'f', 'v', 'm'], c.relkind::text), n.nspname, c.relname""";

    /** Reads all relations on the connection's search path. */
    static List<PostgresRelation> read(Connection connection) throws SQLException {
        List<PostgresRelation> relations = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(RELATIONS)) {
            while (row.next()) {
                String query = row.getString(4) == null ? "" : row.getString(4);
                relations.add(new PostgresRelation(row.getLong(1), row.getString(2), row.getString(3), oneLine(query)));
            }
        }
        return relations;
    }

    /**
     * Returns a query on one line and without semicolon. The server writes line breaks between clauses; those within
     * texts stay.
     */
    private static String oneLine(String query) {
        String line = DeclarationText.oneLine(query);
        return line.endsWith(";") ? line.substring(0, line.length() - 1) : line;
    }

    /** Returns whether its rows come from other relations, which may take long or fail. */
    boolean isView() {
        return !kind.equals("r") && !kind.equals("p");
    }

    /** Returns the view's kind in SQL. */
    String shownKind() {
        return switch (kind) {
            case "v" -> "VIEW";
            case "m" -> "MATERIALIZED VIEW";
            default -> "FOREIGN TABLE";
        };
    }
}
