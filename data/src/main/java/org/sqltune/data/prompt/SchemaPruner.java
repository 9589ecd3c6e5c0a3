package org.sqltune.data.prompt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;

/**
 * Shortens a schema to a number of tokens. The tables and columns that a question speaks of, the tables that join them,
 * and all these tables' keys stay whatever they take; other columns of these tables are added while there is room, and
 * then other tables. Order stays the schema's own. Equal schemas and questions give equal results.
 */
final class SchemaPruner {
    private final SchemaWriter writer;
    private final int mostTokens;
    private final ToIntFunction<String> tokens;

    SchemaPruner(SchemaWriter writer, int mostTokens, ToIntFunction<String> tokens) {
        this.writer = writer;
        this.mostTokens = mostTokens;
        this.tokens = tokens;
    }

    /** The schema itself if it is short enough, so that its questions share it. */
    Schema prune(Schema schema, String question) {
        return fits(schema) ? schema : new Selection(schema, new QuestionLinks(question)).pruned();
    }

    private boolean fits(Schema schema) {
        return tokens.applyAsInt(writer.write(schema)) <= mostTokens;
    }

    /** A column of a table that may be added. */
    private record Candidate(Table table, Column column) {}

    private final class Selection {
        private final Schema schema;
        private final QuestionLinks links;
        private final JoinPaths paths;
        private final Map<Table, Set<Column>> kept = new HashMap<>();
        private int spent;

        Selection(Schema schema, QuestionLinks links) {
            this.schema = schema;
            this.links = links;
            this.paths = new JoinPaths(schema);
        }

        Schema pruned() {
            List<Table> linked = linkedTables();
            linked.forEach(this::keep);
            linked.forEach(this::keepLinkedColumns);
            List<Candidate> added = new ArrayList<>();
            fill(linked, added);
            List<Table> others = schema.tables().stream()
                    .filter(table -> !kept.containsKey(table))
                    .toList();
            for (Table other : others) {
                if (spent + cost(other) <= mostTokens) {
                    keep(other);
                    fill(List.of(other), added);
                }
            }
            // Costs were added up part by part; the whole may come to a little more.
            Schema result = result();
            while (!added.isEmpty() && !fits(result)) {
                Candidate last = added.remove(added.size() - 1);
                columns(last.table()).remove(last.column());
                result = result();
            }
            return result;
        }

        /** What the question speaks of, with the tables between; everything is as good where it speaks of nothing. */
        private List<Table> linkedTables() {
            int best = schema.tables().stream().mapToInt(this::score).max().orElse(0);
            Set<Table> linked = new LinkedHashSet<>();
            for (Table table : schema.tables()) {
                if (best > 0 && (links.of(table) > 0 || score(table) == best)) {
                    linked.add(table);
                }
            }
            if (linked.isEmpty()) {
                schema.tables().stream().limit(1).forEach(linked::add);
            }
            Set<Table> joined = new LinkedHashSet<>();
            for (Table table : linked) {
                joined.addAll(joined.isEmpty() ? List.of(table) : paths.shortest(joined, table));
            }
            return schema.tables().stream().filter(joined::contains).toList();
        }

        private int score(Table table) {
            return 2 * links.of(table)
                    + table.columns().stream().mapToInt(links::of).max().orElse(0);
        }

        private void keep(Table table) {
            kept.put(table, keys(table));
            spent += cost(table);
        }

        private void keepLinkedColumns(Table table) {
            for (Column column : table.columns()) {
                if (links.of(column) > 0 && columns(table).add(column)) {
                    spent += cost(column);
                }
            }
        }

        private int cost(Column column) {
            return tokens.applyAsInt(", " + writer.column(column));
        }

        private int cost(Table table) {
            Table bare = new Table(table.name(), List.copyOf(keys(table)));
            return tokens.applyAsInt(writer.table(bare, schema)) + 1;
        }

        private Set<Column> keys(Table table) {
            Set<String> names = new HashSet<>();
            for (ForeignKey key : schema.foreignKeys()) {
                if (key.table().equalsIgnoreCase(table.name())) {
                    names.add(key.column().toLowerCase(Locale.ROOT));
                }
                if (key.referencedTable().equalsIgnoreCase(table.name())) {
                    names.add(key.referencedColumn().toLowerCase(Locale.ROOT));
                }
            }
            Set<Column> keys = new LinkedHashSet<>();
            for (Column column : table.columns()) {
                if (column.primaryKey() || names.contains(column.name().toLowerCase(Locale.ROOT))) {
                    keys.add(column);
                }
            }
            return keys;
        }

        private void fill(List<Table> tables, List<Candidate> added) {
            List<Candidate> candidates = new ArrayList<>();
            for (Table table : tables) {
                for (Column column : table.columns()) {
                    if (!columns(table).contains(column)) {
                        candidates.add(new Candidate(table, column));
                    }
                }
            }
            for (Candidate candidate : candidates) {
                int cost = cost(candidate.column());
                if (spent + cost <= mostTokens) {
                    columns(candidate.table()).add(candidate.column());
                    added.add(candidate);
                    spent += cost;
                }
            }
        }

        private Set<Column> columns(Table table) {
            return kept.computeIfAbsent(table, this::keys);
        }

        private Schema result() {
            List<Table> tables = schema.tables().stream()
                    .filter(kept::containsKey)
                    .map(table -> new Table(
                            table.name(),
                            table.columns().stream()
                                    .filter(columns(table)::contains)
                                    .toList()))
                    .toList();
            Set<String> names = new HashSet<>();
            tables.forEach(table -> names.add(table.name().toLowerCase(Locale.ROOT)));
            List<ForeignKey> keys = schema.foreignKeys().stream()
                    .filter(key -> names.contains(key.table().toLowerCase(Locale.ROOT))
                            && names.contains(key.referencedTable().toLowerCase(Locale.ROOT)))
                    .toList();
            return new Schema(schema.databaseId(), tables, keys);
        }
    }
}
