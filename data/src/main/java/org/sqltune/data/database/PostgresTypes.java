package org.sqltune.data.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.schema.DeclarationText;
import org.sqltune.core.schema.DeclaredType;
import org.sqltune.core.schema.SqlDialect;
import org.sqltune.core.schema.SqlIdentifiers;

/** The types of a PostgreSQL database: their names, and the definitions of user-defined types. */
final class PostgresTypes {
    /** Selects arrays with their element types, and user-defined types with their definition. */
    private static final String TYPES = """
            SELECT t.oid, t.typname, n.nspname, pg_type_is_visible(t.oid), t.typtype,
              CASE WHEN t.typcategory = 'A' AND t.typlen = -1 THEN t.typelem ELSE 0 END,
              CASE t.typtype
                WHEN 'e' THEN (SELECT 'ENUM (' || string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
                  || ')' FROM pg_enum e WHERE e.enumtypid = t.oid)
                WHEN 'c' THEN (SELECT '(' || string_agg(quote_ident(a.attname) || ' '
                  || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum) || ')'
                  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'c'
                  WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped)
                WHEN 'r' THEN (SELECT 'RANGE (SUBTYPE = ' || format_type(r.rngsubtype, -1) || ')' FROM pg_range r
                  WHERE r.rngtypid = t.oid)
                WHEN 'd' THEN format_type(t.typbasetype, t.typtypmod) || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE ''
                  END || coalesce((SELECT string_agg(' ' || pg_get_constraintdef(k.oid), '' ORDER BY k.conname)
                  FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c'), '')
              END,
              ARRAY(SELECT d.refobjid::int8 FROM pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid
                AND d.refclassid = 'pg_type'::regclass
                UNION ALL SELECT a.atttypid::int8 FROM pg_attribute a WHERE t.typtype = 'c'
                AND a.attrelid = t.typrelid AND a.attnum > 0)
            FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
            ORDER BY t.oid""";

    private static final String OWN = "pg_catalog";

    private final Map<Long, Type> types;
    private final List<Long> order;

    private PostgresTypes(Map<Long, Type> types, List<Long> order) {
        this.types = types;
        this.order = order;
    }

    /**
     * A type.
     *
     * @param element an array's element type; 0 if the type isn't an array
     * @param body the body of its definition; null if there is none
     * @param uses the types that it uses
     */
    private record Type(
            String name,
            String schema,
            boolean visible,
            String kind,
            long element,
            @Nullable String body,
            List<Long> uses) {
        String sql() {
            if (schema.equals(OWN)) {
                // Without quotes it would mean char(1).
                return name.equals("char") ? "\"char\"" : name;
            }
            return (visible ? "" : identifier(schema) + ".") + identifier(name);
        }
    }

    static PostgresTypes read(Connection connection) throws SQLException {
        Map<Long, Type> types = new HashMap<>();
        List<Long> order = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TYPES)) {
            while (row.next()) {
                List<Long> uses = new ArrayList<>();
                for (Object used : (Object[]) row.getArray(8).getArray()) {
                    uses.add(((Number) used).longValue());
                }
                types.put(
                        row.getLong(1),
                        new Type(
                                row.getString(2),
                                row.getString(3),
                                row.getBoolean(4),
                                row.getString(5),
                                row.getLong(6),
                                row.getString(7),
                                uses));
                order.add(row.getLong(1));
            }
        }
        return new PostgresTypes(types, order);
    }

    /** Returns a type's name as SQL: {@code int4}, {@code text[]}, {@code "Mood"}, {@code sales.state}. */
    String name(long id) {
        Type type = types.get(id);
        if (type == null) {
            return "";
        }
        Type element = types.get(type.element());
        return element == null ? type.sql() : element.sql() + "[]";
    }

    /** Returns the user-defined types among these and the types that they use, each after the types that it uses. */
    List<DeclaredType> declared(Set<Long> used) {
        Set<Long> needed = new HashSet<>();
        used.forEach(id -> need(id, needed));
        List<DeclaredType> declared = new ArrayList<>();
        for (long id : order) {
            Type type = types.get(id);
            if (type != null && needed.contains(id) && isDeclared(type)) {
                declared.add(new DeclaredType(type.sql(), statement(type)));
            }
        }
        return declared;
    }

    private void need(long id, Set<Long> needed) {
        Type type = types.get(id);
        if (type != null && needed.add(id)) {
            need(type.element(), needed);
            type.uses().forEach(each -> need(each, needed));
        }
    }

    private static boolean isDeclared(Type type) {
        return type.body() != null
                && !type.schema().equals(OWN)
                && !type.schema().equals("information_schema");
    }

    private static String statement(Type type) {
        String schema = type.visible() ? "" : "CREATE SCHEMA IF NOT EXISTS " + identifier(type.schema()) + "; ";
        String body = DeclarationText.oneLine(String.valueOf(type.body()));
        return schema
                + (type.kind().equals("d") ? "CREATE DOMAIN " : "CREATE TYPE ") + type.sql()
                + " AS " + body + ";";
    }

    private static String identifier(String name) {
        return SqlIdentifiers.quotedIfNeeded(name, SqlDialect.POSTGRES);
    }
}
