package org.sqltune.synthesis.shape;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sqltune.synthesis.invention.Attribute;
import org.sqltune.synthesis.invention.InventedSchema;
import org.sqltune.synthesis.invention.InventedSchema.InventedLink;
import org.sqltune.synthesis.invention.InventedTable;
import org.sqltune.synthesis.invention.InventedValue;

/** Queries that count and aggregate a table's rows by the parent row in another table. */
public final class JoinAggregateShapes {
    private static final List<Aggregate> FUNCTIONS =
            List.of(Aggregate.SUM, Aggregate.SUM, Aggregate.AVG, Aggregate.AVG, Aggregate.MAX, Aggregate.MIN);

    private final Asker ask;
    private final JoinShapes joins;

    public JoinAggregateShapes(Asker ask, JoinShapes joins) {
        this.ask = ask;
        this.joins = joins;
    }

    /** Asks for the number of children of each parent. */
    public Optional<QuestionAndSql> count(InventedSchema schema) {
        return ask.some(schema.links()).flatMap(link -> {
            JoinedColumns columns = parentColumns(link);
            int count = ask.random().between(1, 20);
            Map<String, String> slots = slots(link, columns);
            slots.put("n", String.valueOf(count));
            String from = JoinShapes.from(link) + " GROUP BY T2." + link.parentColumn();
            String listed = "SELECT " + columns.select();
            return switch (ask.random().weighted(new double[] {4, 1.5, 1.2, 1.5, 1})) {
                case 0 -> ask.question("join.count", slots, listed + ", COUNT(*)" + from);
                case 1 -> ask.question("join.count.most", slots, listed + from + " ORDER BY COUNT(*) DESC LIMIT 1");
                case 2 ->
                    ask.question("join.count.top", slots, listed + from + " ORDER BY COUNT(*) DESC LIMIT " + count);
                case 3 -> ask.question("join.having", slots, listed + from + " HAVING COUNT(*) > " + count);
                default -> ask.question("join.having.least", slots, listed + from + " HAVING COUNT(*) >= " + count);
            };
        });
    }

    /** Asks for the number of children of each parent, including parents without children. */
    public Optional<QuestionAndSql> countAll(InventedSchema schema) {
        return ask.some(schema.links()).flatMap(link -> {
            InventedTable parent = link.parent();
            List<Attribute> calling = JoinShapes.callingColumns(ask, parent);
            JoinedColumns columns = new JoinedColumns().add(calling, "T1.", parent);
            Map<String, String> slots = slots(link, columns);
            String plural = parent.noun().spokenPlural();
            slots.put("parents_first", plural.substring(0, 1).toUpperCase(Locale.ROOT) + plural.substring(1));
            return ask.question(
                    "join.count.all",
                    slots,
                    "SELECT " + columns.select() + ", COUNT(T2."
                            + link.child().key().name() + ") FROM "
                            + parent.name() + " AS T1 LEFT JOIN " + link.child().name() + " AS T2 ON T1."
                            + link.parentColumn() + " = T2." + link.childColumn() + " GROUP BY T1."
                            + link.parentColumn());
        });
    }

    /** Asks for a sum, average or extreme of the children by parent. */
    public Optional<QuestionAndSql> aggregate(InventedSchema schema) {
        return ask.some(schema.links())
                .flatMap(link -> ask.quantity(link.child()).flatMap(column -> {
                    Aggregate function = ask.random().pick(FUNCTIONS);
                    String computed = function.of("T1." + column.name());
                    JoinedColumns columns = parentColumns(link);
                    int count = ask.random().between(2, 10);
                    InventedValue value = ask.values().value(column.kind());
                    Map<String, String> slots = slots(link, columns);
                    slots.put("column", column.spoken());
                    slots.put("agg", ask.grammar().phrase(function.rule(), Map.of()));
                    slots.put("n", String.valueOf(count));
                    slots.put("value", value.spoken());
                    String sql = "SELECT " + columns.select() + ", " + computed + JoinShapes.from(link)
                            + " GROUP BY T2." + link.parentColumn();
                    return switch (ask.random().weighted(new double[] {4, 1.5, 1.5, 1.5})) {
                        case 0 -> ask.question("join.aggregate", slots, sql);
                        case 1 -> ask.question("join.aggregate.down", slots, sql + " ORDER BY " + computed + " DESC");
                        case 2 ->
                            ask.question(
                                    "join.aggregate.top",
                                    slots,
                                    sql + " ORDER BY " + computed + " DESC LIMIT " + count);
                        default ->
                            ask.question(
                                    "join.aggregate.having",
                                    slots,
                                    sql + " HAVING " + computed + " > " + value.literal());
                    };
                }));
    }

    /** Asks for an aggregate of some of the children by a parent one or two references away. */
    public Optional<QuestionAndSql> aggregateSome(InventedSchema schema) {
        return ask.some(schema.links())
                .flatMap(link -> ask.quantity(link.child())
                        .flatMap(column -> ask.conditions()
                                .one(link.child(), "T1.")
                                .flatMap(condition -> {
                                    List<InventedLink> further = schema.links().stream()
                                            .filter(next -> next.child().equals(link.parent())
                                                    && !next.parent().equals(link.child()))
                                            .toList();
                                    Optional<InventedLink> second =
                                            ask.random().chance(0.5) ? ask.some(further) : Optional.empty();
                                    return aggregateSome(link, second, column, condition);
                                })));
    }

    private Optional<QuestionAndSql> aggregateSome(
            InventedLink link, Optional<InventedLink> second, Attribute column, InventedCondition condition) {
        InventedLink last = second.orElse(link);
        String alias = second.isPresent() ? "T3." : "T2.";
        JoinedColumns columns =
                new JoinedColumns().add(JoinShapes.callingColumns(ask, last.parent()), alias, last.parent());
        Aggregate function = ask.random().pick(FUNCTIONS);
        InventedValue value = ask.values().value(column.kind());
        Map<String, String> slots = slots(last, columns);
        slots.putAll(ask.nouns(link.child(), condition));
        slots.put("column", column.spoken());
        slots.put("agg", ask.grammar().phrase(function.rule(), Map.of()));
        slots.put("value", value.spoken());
        String computed = function.of("T1." + column.name());
        String sql = "SELECT " + columns.select() + ", " + computed + JoinShapes.from(link)
                + second.map(next -> JoinShapes.third(next, "T2.")).orElse("") + " WHERE " + condition.sql()
                + " GROUP BY " + alias + last.parentColumn();
        return switch (ask.random().weighted(new double[] {3, 1, 1})) {
            case 0 -> ask.question("join.aggregate.some", slots, sql);
            case 1 -> ask.question("join.aggregate.some.down", slots, sql + " ORDER BY " + computed + " DESC");
            default ->
                ask.question(
                        "join.aggregate.some.having", slots, sql + " HAVING " + computed + " > " + value.literal());
        };
    }

    /** Asks for an aggregate of the children by a column of the parent. */
    public Optional<QuestionAndSql> aggregateByGroup(InventedSchema schema) {
        return ask.some(schema.links())
                .flatMap(link -> ask.quantity(link.child())
                        .flatMap(column -> ask.group(link.parent()).flatMap(group -> {
                            Aggregate function = ask.random().pick(FUNCTIONS);
                            Map<String, String> slots = JoinShapes.nouns(ask, link);
                            slots.put("group", group.spoken());
                            slots.put("column", column.spoken());
                            slots.put("agg", ask.grammar().phrase(function.rule(), Map.of()));
                            return ask.question(
                                    "join.aggregate.group",
                                    slots,
                                    "SELECT T2." + group.name() + ", " + function.of("T1." + column.name())
                                            + JoinShapes.from(link) + " GROUP BY T2." + group.name());
                        })));
    }

    /** Asks for a count or another aggregate of the children of certain parents. */
    public Optional<QuestionAndSql> whereParent(InventedSchema schema) {
        return ask.some(schema.links()).flatMap(link -> {
            InventedCondition condition = joins.ofParent(link, "T2.");
            Map<String, String> slots = JoinShapes.nouns(ask, link);
            slots.putAll(ask.nouns(link.child(), condition));
            String tail = JoinShapes.from(link) + " WHERE " + condition.sql();
            if (ask.random().chance(0.5)) {
                return ask.question("join.count.where", slots, "SELECT COUNT(*)" + tail);
            }
            return ask.quantity(link.child()).flatMap(column -> {
                Aggregate function = ask.random().pick(FUNCTIONS);
                slots.put("column", column.spoken());
                slots.put("agg", ask.grammar().phrase(function.rule(), Map.of()));
                return ask.question(
                        "join.aggregate.where", slots, "SELECT " + function.of("T1." + column.name()) + tail);
            });
        });
    }

    private JoinedColumns parentColumns(InventedLink link) {
        List<Attribute> calling = JoinShapes.callingColumns(ask, link.parent());
        JoinedColumns columns = new JoinedColumns();
        return ask.random().chance(0.6) ? columns.add(calling, "T2.", link.parent()) : columns.add(calling, "T2.");
    }

    private Map<String, String> slots(InventedLink link, JoinedColumns columns) {
        Map<String, String> slots = JoinShapes.nouns(ask, link);
        slots.put("columns", ask.spoken(columns.spoken()));
        return slots;
    }
}
