package org.sqltune.core.sql.scope;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.syntax.Expression.ColumnName;
import org.sqltune.core.sql.syntax.Query;
import org.sqltune.core.sql.syntax.Query.Body;
import org.sqltune.core.sql.syntax.Query.Result;
import org.sqltune.core.sql.syntax.Query.Select;
import org.sqltune.core.sql.syntax.Query.Star;
import org.sqltune.core.sql.syntax.Query.Values;

/** What the columns of a query are called where another query reads them. */
final class ResultNames {
    private ResultNames() {}

    /** Their names, no two alike; null if they aren't known. */
    static @Nullable List<String> of(Body member, List<QuerySource> sources) {
        if (member instanceof Values values) {
            return IntStream.rangeClosed(1, values.rows().get(0).size())
                    .mapToObj(number -> "column" + number)
                    .toList();
        }
        List<String> names = new ArrayList<>();
        for (Result result : ((Select) member).results()) {
            List<String> own = result instanceof Star star ? star(star, sources) : List.of(name((Query.Column) result));
            if (own == null) {
                return null;
            }
            names.addAll(own);
        }
        return distinct(names);
    }

    private static @Nullable List<String> star(Star star, List<QuerySource> sources) {
        List<String> names = new ArrayList<>();
        for (QuerySource source : sources) {
            if (star.table() != null && !source.isCalled(null, star.table())) {
                continue;
            }
            if (source.columns() == null) {
                return null;
            }
            source.columns().stream()
                    .filter(column -> star.table() != null || !source.isMerged(column))
                    .forEach(names::add);
        }
        return names;
    }

    private static String name(Query.Column column) {
        if (column.alias() != null) {
            return column.alias();
        }
        return column.value() instanceof ColumnName name ? name.name() : column.text();
    }

    /** SQLite numbers names that were there before: {@code id}, {@code id:1}. A number that a name has gives way. */
    private static List<String> distinct(List<String> names) {
        Set<String> seen = new HashSet<>();
        List<String> distinct = new ArrayList<>();
        for (String name : names) {
            String own = name;
            for (int number = 1; !seen.add(own.toLowerCase(Locale.ROOT)); number++) {
                own = unnumbered(name) + ":" + number;
            }
            distinct.add(own);
        }
        return distinct;
    }

    private static String unnumbered(String name) {
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) >= '0' && name.charAt(end - 1) <= '9') {
            end--;
        }
        return end > 0 && name.charAt(end - 1) == ':' ? name.substring(0, end - 1) : name;
    }
}
