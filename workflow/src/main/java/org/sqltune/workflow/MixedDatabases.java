package org.sqltune.workflow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.sqltune.core.sql.QueryDatabases;
import org.sqltune.core.sql.QueryLimits;
import org.sqltune.core.sql.SqlExecutionException;
import org.sqltune.core.sql.SqlExecutionException.Kind;
import org.sqltune.core.sql.SqlExecutor;

/** The databases of several data sets: a query runs on the databases of the set whose questions name its database. */
final class MixedDatabases implements QueryDatabases {
    private final Map<String, QueryDatabases> byId;

    private MixedDatabases(Map<String, QueryDatabases> byId) {
        this.byId = byId;
    }

    /** The databases that the questions of one data set name. */
    record Part(List<String> databaseIds, QueryDatabases databases) {}

    /** Combines all parts; empty if two of them have different databases with the same name. */
    static Optional<QueryDatabases> of(List<Part> parts) {
        Map<String, QueryDatabases> byId = new LinkedHashMap<>();
        for (Part part : parts) {
            for (String id : new LinkedHashSet<>(part.databaseIds())) {
                QueryDatabases other = byId.putIfAbsent(id, part.databases());
                if (other != null && !other.toString().equals(part.databases().toString())) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new MixedDatabases(byId));
    }

    @Override
    public boolean has(String databaseId) {
        QueryDatabases databases = byId.get(databaseId);
        return databases != null && databases.has(databaseId);
    }

    @Override
    public void check() {
        all().forEach(QueryDatabases::check);
    }

    @Override
    public Session open(QueryLimits limits, int parallel) {
        Map<QueryDatabases, Session> sessions = new HashMap<>();
        try {
            all().forEach(each -> sessions.put(each, each.open(limits, parallel)));
        } catch (RuntimeException e) {
            sessions.values().forEach(Session::close);
            throw e;
        }
        return new Session() {
            @Override
            public SqlExecutor database(String databaseId) {
                QueryDatabases databases = byId.get(databaseId);
                Session session = databases == null ? null : sessions.get(databases);
                if (session == null) {
                    throw new SqlExecutionException(
                            Kind.MISSING_DATABASE, "No data set of the mixture has a database " + databaseId);
                }
                return session.database(databaseId);
            }

            @Override
            public void close() {
                sessions.values().forEach(Session::close);
            }
        };
    }

    private List<QueryDatabases> all() {
        return new ArrayList<>(new LinkedHashSet<>(byId.values()));
    }

    /** Returns the locations. */
    @Override
    public String toString() {
        return all().stream().map(QueryDatabases::toString).collect(Collectors.joining(", "));
    }
}
