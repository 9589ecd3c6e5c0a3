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
import java.util.function.ToLongFunction;

/** The dependencies of a PostgreSQL database's views. */
final class PostgresViews {
    /** The first object id for users; smaller ids are built in. */
    private static final long FIRST_OF_USERS = 16_384;

    private static final String DEPENDENCIES = """
            SELECT DISTINCT r.ev_class, d.refclassid::regclass::text, d.refobjid
            FROM pg_rewrite r JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
            WHERE d.deptype = 'n' AND d.refobjid <> r.ev_class AND d.refobjid >=\s""" + FIRST_OF_USERS;

    private final Map<Long, Set<Long>> relations = new HashMap<>();
    private final Map<Long, Set<Long>> types = new HashMap<>();
    private final Set<Long> others = new HashSet<>();

    private PostgresViews() {}

    static PostgresViews read(Connection connection) throws SQLException {
        PostgresViews views = new PostgresViews();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(DEPENDENCIES)) {
            while (row.next()) {
                long view = row.getLong(1);
                switch (row.getString(2)) {
                    case "pg_class" -> add(views.relations, view, row.getLong(3));
                    case "pg_type" -> add(views.types, view, row.getLong(3));
                    case "pg_namespace" -> {}
                    default -> views.others.add(view);
                }
            }
        }
        return views;
    }

    private static void add(Map<Long, Set<Long>> map, long view, long used) {
        map.computeIfAbsent(view, id -> new HashSet<>()).add(used);
    }

    /** Returns whether a view depends only on these relations, on types, and on built-in objects. */
    boolean isWithin(long view, Set<Long> shown) {
        return !others.contains(view) && shown.containsAll(relations.getOrDefault(view, Set.of()));
    }

    /** Returns the user-defined types that a view uses. */
    Set<Long> types(long view) {
        return types.getOrDefault(view, Set.of());
    }

    /** Sorts views so that each follows those that it reads. */
    <T> List<T> readFirst(List<T> views, ToLongFunction<T> id) {
        Map<Long, T> byId = new HashMap<>();
        views.forEach(view -> byId.put(id.applyAsLong(view), view));
        Set<Long> done = new HashSet<>();
        List<T> ordered = new ArrayList<>();
        views.forEach(view -> place(id.applyAsLong(view), byId, done, ordered));
        return ordered;
    }

    private <T> void place(long view, Map<Long, T> byId, Set<Long> done, List<T> ordered) {
        T found = byId.get(view);
        if (found == null || !done.add(view)) {
            return;
        }
        relations.getOrDefault(view, Set.of()).stream().sorted().forEach(read -> place(read, byId, done, ordered));
        ordered.add(found);
    }
}
