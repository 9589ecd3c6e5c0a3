package org.sqltune.evaluation.outline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.schema.Schema;

/** The tables that a query's names may refer to: its own first, then those of the outer query. */
final class OutlineScope {
    private final @Nullable Schema schema;
    private final @Nullable OutlineScope outer;
    /** Table names by alias; a subquery's name is empty. */
    private final Map<String, String> tables = new LinkedHashMap<>();
    /** Expressions by their alias in the select list. */
    private final Map<String, String> aliases = new LinkedHashMap<>();

    OutlineScope(@Nullable Schema schema, @Nullable OutlineScope outer) {
        this.schema = schema;
        this.outer = outer;
    }

    @Nullable
    Schema schema() {
        return schema;
    }

    @Nullable
    OutlineScope outer() {
        return outer;
    }

    OutlineScope inner() {
        return new OutlineScope(schema, this);
    }

    /** @param name in lower case; empty for a subquery */
    void addTable(String name, String calledBy) {
        tables.put(calledBy.isEmpty() ? name : calledBy, name);
    }

    void addAlias(String alias, String meaning) {
        aliases.put(alias, meaning);
    }

    /** Returns the expression that an alias of the select list stands for. */
    Optional<String> meaningOf(String alias) {
        return Optional.ofNullable(aliases.get(alias));
    }

    /** Returns a qualified column in canonical form. */
    String qualified(String qualifier, String column) {
        for (OutlineScope scope = this; scope != null; scope = scope.outer) {
            String table = scope.tables.get(qualifier);
            if (table != null) {
                return scope.isAlone() && scope.columnsUnknown() ? column : join(table, column);
            }
        }
        return qualifier + "." + column;
    }

    /** Returns an unqualified column in canonical form; empty if no table is known to have it. */
    Optional<String> unqualified(String column) {
        for (OutlineScope scope = this; scope != null; scope = scope.outer) {
            List<String> having = new ArrayList<>();
            scope.tables.values().forEach(table -> {
                if (hasColumn(table, column)) {
                    having.add(table);
                }
            });
            if (!having.isEmpty()) {
                return Optional.of(having.size() == 1 ? join(having.get(0), column) : column);
            }
        }
        return Optional.empty();
    }

    private boolean isAlone() {
        return tables.size() == 1;
    }

    private boolean columnsUnknown() {
        Schema known = schema;
        return known == null
                || tables.values().stream()
                        .noneMatch(table -> known.table(table).isPresent());
    }

    private boolean hasColumn(String table, String column) {
        Schema known = schema;
        return known != null
                && known.table(table)
                        .map(each -> each.columns().stream()
                                .anyMatch(name ->
                                        name.name().toLowerCase(Locale.ROOT).equals(column)))
                        .orElse(false);
    }

    private static String join(String table, String column) {
        return table.isEmpty() ? column : table + "." + column;
    }
}
