package org.sqltune.core.sql.recognizer;

import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.sql.recognizer.Scope.Phase;
import org.sqltune.core.sql.recognizer.name.Columns;
import org.sqltune.core.sql.recognizer.name.NameTries;
import org.sqltune.core.sql.recognizer.name.SchemaNames;

/** Which names can stand in an expression, and what naming them obliges to. */
final class NameRules {
    /** Aliases that may be used before FROM declares them. */
    private static final Pattern EARLY_ALIAS = Pattern.compile("[a-z][0-9]{0,2}");

    private static final int MOST_QUALIFIERS = 8;

    private final SchemaNames names;

    NameRules(SchemaNames names) {
        this.names = names;
    }

    /** What was asked: obligations, queries of WITH, and perhaps a qualifier. */
    private record Question(
            String about,
            SortedMap<String, SortedSet<String>> qualified,
            SortedSet<String> loose,
            Map<String, Columns> named,
            int room) {}

    private static Question question(String about, Scope scope) {
        return new Question(about, scope.qualified(), scope.loose(), scope.named(), scope.room());
    }

    /** The names of columns and aliases that can stand without qualifier. */
    TreeSet<String> columns(Scope scope, Context context) {
        if (names.takesAny()) {
            return new TreeSet<>();
        }
        if (scope.phase() == Phase.RESULTS) {
            return names.remembered(question("columns", scope), () -> columnsBeforeFrom(scope));
        }
        TreeSet<String> visible = new TreeSet<>();
        Map<String, Integer> counts = scope.columnCounts();
        counts.forEach((column, count) -> {
            if (count == 1) {
                visible.add(column);
            }
        });
        TreeSet<String> aliases = new TreeSet<>();
        TreeSet<String> refused = new TreeSet<>();
        for (Scope.Output output : scope.outputs()) {
            if (output.alias() && output.name() != null && !counts.containsKey(output.name())) {
                aliases.add(output.name());
                if (!context.takesAlias(output)) {
                    refused.add(output.name());
                }
            }
        }
        Scope outer = scope.outer();
        if (outer != null && outer.phase() == Phase.CLAUSES && scope.phase() == Phase.CLAUSES && context.seesOuter()) {
            for (String column : columns(outer, context.ofOuter())) {
                if (!counts.containsKey(column) && !aliases.contains(column)) {
                    visible.add(column);
                }
            }
        }
        if (scope.phase() == Phase.FROM) {
            // A source that is still to come must not have the column, too.
            visible.removeIf(column -> !satisfiable(scope.withLoose(column)));
        }
        visible.addAll(aliases);
        visible.removeAll(refused);
        return visible;
    }

    private TreeSet<String> columnsBeforeFrom(Scope scope) {
        TreeSet<String> all = new TreeSet<>(names.columnNames());
        scope.named().values().forEach(query -> all.addAll(query.names()));
        if (!scope.qualified().isEmpty() || !scope.loose().isEmpty()) {
            all.removeIf(column -> !satisfiable(scope.withLoose(column)));
        }
        return all;
    }

    private boolean satisfiable(Scope scope) {
        return SourcePlan.find(names, scope) != null;
    }

    /** Takes a column that {@link #columns} offers. */
    static Scope reference(Scope scope, String column) {
        return switch (scope.phase()) {
            case RESULTS -> scope.withLoose(column);
            case FROM -> scope.columnCounts().containsKey(column) ? scope.withLoose(column) : scope;
            case CLAUSES -> scope;
        };
    }

    /** What can stand before a dot, but for aliases that nobody has used yet. */
    TreeSet<String> qualifiers(Scope scope, Context context) {
        TreeSet<String> visible = new TreeSet<>();
        if (names.takesAny()) {
            return visible;
        }
        TreeSet<String> hidden = new TreeSet<>();
        for (Scope each = scope; each != null; each = context.seesOuter() ? each.outer() : null) {
            Scope at = each;
            TreeSet<String> own = new TreeSet<>();
            if (each.phase() == Phase.RESULTS) {
                own.addAll(names.remembered(question("qualifiers", at), () -> qualifiersBeforeFrom(at)));
            } else {
                each.sources().stream()
                        .filter(source -> !source.columns().names().isEmpty())
                        .forEach(source -> own.add(source.calledBy()));
            }
            own.removeAll(hidden);
            visible.addAll(own);
            // A source without a column that can be named hides those around that are called the same.
            each.sources().forEach(source -> hidden.add(source.calledBy()));
        }
        visible.remove("");
        return visible;
    }

    private TreeSet<String> qualifiersBeforeFrom(Scope scope) {
        TreeSet<String> all = new TreeSet<>(names.tables().keySet());
        scope.named().forEach((name, query) -> {
            if (!query.names().isEmpty()) {
                all.add(name);
            }
        });
        if (!scope.qualified().isEmpty() || !scope.loose().isEmpty()) {
            all.removeIf(
                    table -> !scope.qualified().containsKey(table) && !satisfiable(scope.withQualified(table, null)));
        }
        all.addAll(scope.qualified().keySet());
        return all;
    }

    /** Whether there is room for an alias that FROM has yet to declare. */
    boolean takesEarlyAlias(Scope scope) {
        if (names.takesAny()
                || scope.phase() != Phase.RESULTS
                || scope.qualified().size() >= MOST_QUALIFIERS) {
            return false;
        }
        String fresh = SourcePlan.fresh(names, scope.named(), scope.sources(), scope.qualified());
        return isEarlyAlias(scope, fresh);
    }

    /** Whether an alias that FROM has yet to declare can be called so. */
    boolean isEarlyAlias(Scope scope, String name) {
        return scope.phase() == Phase.RESULTS
                && !names.takesAny()
                && EARLY_ALIAS.matcher(name).matches()
                && !isTable(scope, name)
                && NameTries.readsBare(name)
                && scope.qualified().size() < MOST_QUALIFIERS
                && !ownColumns(scope.withQualified(name, null), name).isEmpty();
    }

    private boolean isTable(Scope scope, String name) {
        return names.tables().containsKey(name) || scope.named().containsKey(name);
    }

    /** The columns that can stand behind a qualifier. */
    TreeSet<String> columns(Scope scope, String qualifier, Context context) {
        TreeSet<String> visible = new TreeSet<>();
        if (names.takesAny()) {
            return visible;
        }
        if (scope.phase() == Phase.RESULTS) {
            visible.addAll(ownColumns(scope, qualifier));
        }
        Scope.Source source = scope.source(qualifier);
        if (source != null) {
            visible.addAll(source.columns().names());
        } else if (scope.outer() != null && context.seesOuter()) {
            if (scope.phase() != Phase.RESULTS || isKnown(scope.outer(), qualifier) || visible.isEmpty()) {
                visible.addAll(columns(scope.outer(), qualifier, context.ofOuter()));
            }
        }
        return visible;
    }

    /** Whether the nearest query around that knows the qualifier has declared it. */
    private static boolean isKnown(@Nullable Scope scope, String qualifier) {
        for (Scope each = scope; each != null; each = each.outer()) {
            if (each.source(qualifier) != null) {
                return true;
            }
            if (each.phase() == Phase.RESULTS) {
                return false;
            }
        }
        return false;
    }

    /** Columns that FROM can still make the qualifier have. */
    private TreeSet<String> ownColumns(Scope scope, String qualifier) {
        return names.remembered(question("." + qualifier, scope), () -> {
            Columns fixed = scope.named().getOrDefault(qualifier, names.tables().get(qualifier));
            TreeSet<String> all = new TreeSet<>(fixed == null ? names.columnNames() : fixed.names());
            if (fixed == null) {
                scope.named().values().forEach(query -> all.addAll(query.names()));
            }
            boolean free = fixed == null && scope.loose().isEmpty() && isFresh(scope, qualifier);
            if (!free) {
                all.removeIf(column -> !satisfiable(scope.withQualified(qualifier, column)));
            }
            return all;
        });
    }

    private static boolean isFresh(Scope scope, String qualifier) {
        SortedSet<String> before = scope.qualified().get(qualifier);
        return before == null || before.isEmpty();
    }

    /** Takes a column behind a qualifier that {@link #columns(Scope, String, Context)} offers. */
    Scope reference(Scope scope, String qualifier, String column, Context context) {
        if (scope.source(qualifier) != null) {
            return scope;
        }
        Scope outer = scope.outer();
        boolean outerHas = outer != null
                && context.seesOuter()
                && isKnown(outer, qualifier)
                && columns(outer, qualifier, context.ofOuter()).contains(column);
        if (outerHas) {
            return scope;
        }
        if (scope.phase() == Phase.RESULTS && ownColumns(scope, qualifier).contains(column)) {
            return scope.withQualified(qualifier, column);
        }
        return outer == null ? scope : scope.withOuter(reference(outer, qualifier, column, context.ofOuter()));
    }

    /** Whether all of a qualifier's columns can be asked for before FROM. */
    boolean takesStar(Scope scope, String qualifier) {
        return scope.phase() == Phase.RESULTS
                && (names.takesAny() || satisfiable(scope.withQualified(qualifier, null)));
    }

    /** Whether all sources are known, so that it is known, too, what SQLite takes for a text in double quotes. */
    static boolean knowsTexts(Scope scope) {
        for (Scope each = scope; each != null; each = each.outer()) {
            if (each.phase() != Phase.CLAUSES) {
                return false;
            }
        }
        return true;
    }

    /** Whether no column or alias anywhere is called so, so that SQLite takes it, in double quotes, for a text. */
    boolean isTextInDoubleQuotes(Scope scope, String content) {
        String folded = NameTries.fold(content);
        if (names.isColumn(folded) || folded.equals("true") || folded.equals("false")) {
            return false;
        }
        for (Scope each = scope; each != null; each = each.outer()) {
            boolean named =
                    each.sources().stream().anyMatch(source -> source.columns().has(folded))
                            || each.outputs().stream().anyMatch(output -> folded.equals(output.name()));
            if (named) {
                return false;
            }
        }
        return true;
    }
}
