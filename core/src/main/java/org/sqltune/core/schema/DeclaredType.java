package org.sqltune.core.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A type that somebody declared, such as an enumeration.
 *
 * @param name as columns' types have it
 * @param statement the SQL that makes it, one line with its semicolon
 */
public record DeclaredType(String name, String statement) {
    private static final String ARRAY = "[]";

    /**
     * The types that tables need: those of a column, and those in the statement of a type that is needed.
     *
     * @param types each behind those that it uses
     * @return in the same order
     */
    public static List<DeclaredType> usedBy(List<Table> tables, List<DeclaredType> types) {
        Set<String> used = new HashSet<>();
        for (Table table : tables) {
            table.columns().stream()
                    .map(Column::type)
                    .map(DeclaredType::element)
                    .forEach(used::add);
        }
        List<DeclaredType> needed = new ArrayList<>();
        for (int i = types.size() - 1; i >= 0; i--) {
            DeclaredType type = types.get(i);
            boolean within = needed.stream().anyMatch(other -> other.statement().contains(type.name()));
            if (within || used.contains(type.name())) {
                needed.add(type);
            }
        }
        Collections.reverse(needed);
        return needed;
    }

    private static String element(String type) {
        return type.endsWith(ARRAY) ? type.substring(0, type.length() - ARRAY.length()) : type;
    }
}
