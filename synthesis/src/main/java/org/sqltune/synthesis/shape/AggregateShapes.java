package org.sqltune.synthesis.shape;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sqltune.synthesis.invention.Attribute;
import org.sqltune.synthesis.invention.InventedSchema;
import org.sqltune.synthesis.invention.InventedTable;
import org.sqltune.synthesis.invention.InventedValue;
import org.sqltune.synthesis.invention.InventedValueKind;

/** Queries that count and aggregate one table, as a whole or by group. */
public final class AggregateShapes {
    private static final List<Aggregate> FUNCTIONS = List.of(Aggregate.values());

    private final Asker ask;

    public AggregateShapes(Asker ask) {
        this.ask = ask;
    }

    private InventedTable table(InventedSchema schema) {
        return ask.random().pick(schema.tables());
    }

    private String word(Aggregate function) {
        return ask.grammar().phrase(function.rule(), Map.of());
    }

    public Optional<QuestionAndSql> count(InventedSchema schema) {
        InventedTable table = table(schema);
        return ask.question("count", ask.nouns(table), "SELECT COUNT(*) FROM " + table.name());
    }

    public Optional<QuestionAndSql> countWhere(InventedSchema schema) {
        InventedTable table = table(schema);
        boolean two = ask.random().chance(0.15);
        return (two ? ask.twoConditions(table) : ask.conditions().any(table, ""))
                .flatMap(condition -> ask.question(
                        two ? "count.where.two" : "count.where",
                        ask.nouns(table, condition),
                        "SELECT COUNT(*) FROM " + table.name() + " WHERE " + condition.sql()));
    }

    public Optional<QuestionAndSql> countDistinct(InventedSchema schema) {
        InventedTable table = table(schema);
        return ask.some(table.facts()).flatMap(column -> {
            Map<String, String> slots = ask.nouns(table);
            slots.put("column", column.spoken());
            return ask.question(
                    "count.distinct", slots, "SELECT COUNT(DISTINCT " + column.name() + ") FROM " + table.name());
        });
    }

    public Optional<QuestionAndSql> aggregate(InventedSchema schema) {
        InventedTable table = table(schema);
        return ask.quantity(table).flatMap(column -> {
            Aggregate function = ask.random().pick(FUNCTIONS);
            Map<String, String> slots = ask.nouns(table);
            slots.put("column", column.spoken());
            slots.put("agg", word(function));
            return ask.question("aggregate", slots, "SELECT " + function.of(column.name()) + " FROM " + table.name());
        });
    }

    public Optional<QuestionAndSql> aggregateWhere(InventedSchema schema) {
        InventedTable table = table(schema);
        Optional<InventedCondition> condition = ask.conditions().any(table, "");
        return condition.flatMap(present -> ask.quantity(table).flatMap(column -> {
            Aggregate function = ask.random().pick(FUNCTIONS);
            Map<String, String> slots = ask.nouns(table, present);
            slots.put("column", column.spoken());
            slots.put("agg", word(function));
            boolean special = function.addsUp() && ask.random().chance(0.3);
            return ask.question(
                    special ? function.rule() + ".where" : "aggregate.where",
                    slots,
                    "SELECT " + function.of(column.name()) + " FROM " + table.name() + " WHERE " + present.sql());
        }));
    }

    public Optional<QuestionAndSql> twoAggregates(InventedSchema schema) {
        InventedTable table = table(schema);
        return ask.quantity(table).flatMap(column -> {
            List<Aggregate> pair = ask.random().pickSome(FUNCTIONS, 2);
            Optional<InventedCondition> condition =
                    ask.random().chance(0.4) ? ask.conditions().one(table, "") : Optional.empty();
            Map<String, String> slots =
                    condition.map(present -> ask.nouns(table, present)).orElseGet(() -> ask.nouns(table));
            slots.put("column", column.spoken());
            slots.put("agg", word(pair.get(0)));
            slots.put("other_agg", word(pair.get(1)));
            String sql = "SELECT " + pair.get(0).of(column.name()) + ", "
                    + pair.get(1).of(column.name()) + " FROM " + table.name();
            return condition.isPresent()
                    ? ask.question(
                            "aggregate.two.where",
                            slots,
                            sql + " WHERE " + condition.get().sql())
                    : ask.question("aggregate.two", slots, sql);
        });
    }

    /** Asks for arithmetic on two columns. */
    public Optional<QuestionAndSql> arithmetic(InventedSchema schema) {
        InventedTable table = table(schema);
        List<Attribute> pair = ask.random().pickSome(table.matching(InventedValueKind::isQuantity), 2);
        if (pair.size() < 2) {
            return Optional.empty();
        }
        Map<String, String> slots = ask.nouns(table);
        slots.put("column", pair.get(0).spoken());
        slots.put("other_column", pair.get(1).spoken());
        String times = pair.get(0).name() + " * " + pair.get(1).name();
        String minus = pair.get(0).name() + " - " + pair.get(1).name();
        return switch (ask.random().between(0, 2)) {
            case 0 -> ask.question("product", slots, "SELECT SUM(" + times + ") FROM " + table.name());
            case 1 -> ask.question("difference", slots, "SELECT AVG(" + minus + ") FROM " + table.name());
            default -> {
                List<Attribute> columns = ask.columns(table);
                slots.put("columns", ask.spokenColumns(columns));
                yield ask.question(
                        "difference.each",
                        slots,
                        "SELECT " + Asker.list(columns, "") + ", " + minus + " FROM " + table.name());
            }
        };
    }

    public Optional<QuestionAndSql> groupCount(InventedSchema schema) {
        InventedTable table = table(schema);
        return ask.group(table).flatMap(group -> {
            Map<String, String> slots = ask.nouns(table);
            slots.put("group", group.spoken());
            String by = " GROUP BY " + group.name();
            String sql = "SELECT " + group.name() + ", COUNT(*) FROM " + table.name();
            return switch (ask.random().weighted(new double[] {4, 1.5, 2, 1})) {
                case 0 -> ask.question("group.count", slots, sql + by);
                case 1 -> ask.question("group.count.down", slots, sql + by + " ORDER BY COUNT(*) DESC");
                case 2 ->
                    ask.conditions().one(table, "").flatMap(condition -> {
                        slots.putAll(ask.nouns(table, condition));
                        return ask.question("group.count.where", slots, sql + " WHERE " + condition.sql() + by);
                    });
                default -> {
                    boolean most = ask.random().chance(0.7);
                    yield ask.question(
                            most ? "group.count.most" : "group.count.least",
                            slots,
                            "SELECT " + group.name() + " FROM " + table.name() + by + " ORDER BY COUNT(*)"
                                    + (most ? " DESC" : "") + " LIMIT 1");
                }
            };
        });
    }

    public Optional<QuestionAndSql> groupAggregate(InventedSchema schema) {
        InventedTable table = table(schema);
        Optional<Attribute> quantity = ask.quantity(table);
        return quantity.flatMap(column -> ask.group(table)
                .filter(group -> !group.equals(column))
                .flatMap(group -> {
                    Aggregate function = ask.random().pick(FUNCTIONS);
                    Map<String, String> slots = ask.nouns(table);
                    slots.put("group", group.spoken());
                    slots.put("column", column.spoken());
                    slots.put("agg", word(function));
                    String computed = function.of(column.name());
                    String by = " GROUP BY " + group.name();
                    String from = " FROM " + table.name();
                    String sql = "SELECT " + group.name() + ", " + computed + from;
                    return switch (ask.random().weighted(new double[] {4, 1.5, 2, 1.2})) {
                        case 0 -> ask.question("group.aggregate", slots, sql + by);
                        case 1 ->
                            ask.question("group.aggregate.down", slots, sql + by + " ORDER BY " + computed + " DESC");
                        case 2 ->
                            ask.conditions().one(table, "").flatMap(condition -> {
                                slots.putAll(ask.nouns(table, condition));
                                return ask.question(
                                        "group.aggregate.where", slots, sql + " WHERE " + condition.sql() + by);
                            });
                        default ->
                            ask.question(
                                    "group.both",
                                    slots,
                                    "SELECT " + group.name() + ", COUNT(*), " + computed + from + by);
                    };
                }));
    }

    public Optional<QuestionAndSql> having(InventedSchema schema) {
        InventedTable table = table(schema);
        return ask.group(table).flatMap(group -> {
            int count = ask.random().between(2, 20);
            Map<String, String> slots = ask.nouns(table);
            slots.put("group", group.spoken());
            slots.put("n", String.valueOf(count));
            String tail = " FROM " + table.name() + " GROUP BY " + group.name() + " HAVING ";
            String counted = "SELECT " + group.name() + ", COUNT(*)" + tail + "COUNT(*) ";
            return switch (ask.random().between(0, 3)) {
                case 0 -> ask.question("having.more", slots, counted + "> " + count);
                case 1 -> ask.question("having.least", slots, counted + ">= " + count);
                case 2 -> ask.question("having.only", slots, "SELECT " + group.name() + tail + "COUNT(*) > " + count);
                default ->
                    ask.quantity(table).flatMap(column -> {
                        Aggregate function = ask.random().pick(FUNCTIONS);
                        InventedValue value = ask.values().value(column.kind());
                        slots.put("column", column.spoken());
                        slots.put("agg", word(function));
                        slots.put("value", value.spoken());
                        String computed = function.of(column.name());
                        return ask.question(
                                "having.aggregate.more",
                                slots,
                                "SELECT " + group.name() + ", " + computed + tail + computed + " > " + value.literal());
                    });
            };
        });
    }
}
