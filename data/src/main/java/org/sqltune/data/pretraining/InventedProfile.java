package org.sqltune.data.pretraining;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sqltune.data.synthesis.profile.ColumnProfile;
import org.sqltune.data.synthesis.profile.ColumnRole;
import org.sqltune.data.synthesis.profile.DatabaseProfile;
import org.sqltune.data.synthesis.profile.TableProfile;
import org.sqltune.data.synthesis.profile.Value;

/** Makes up what an invented schema's columns hold, so that the synthesiser's templates can ask about it. */
final class InventedProfile {
    private static final int ROWS = 60;
    private static final double WITH_GAPS = 0.2;

    private final ValueInventor values;
    private final Sampler random;

    InventedProfile(ValueInventor values, Sampler random) {
        this.values = values;
        this.random = random;
    }

    /** A profile of the schema, as of a database with some rows in every table. */
    DatabaseProfile of(InventedSchema schema) {
        Map<String, TableProfile> tables = schema.tables().stream()
                .map(this::table)
                .collect(Collectors.toMap(TableProfile::name, Function.identity()));
        return new DatabaseProfile(
                schema.tables().stream().map(table -> tables.get(table.name())).toList(),
                schema.links().stream().map(link -> link(link, tables)).toList());
    }

    private TableProfile table(InventedTable table) {
        List<ColumnProfile> columns = table.attributes().stream()
                .map(attribute -> column(attribute, attribute.equals(table.key())))
                .toList();
        return new TableProfile(table.name(), columns, ROWS);
    }

    private ColumnProfile column(Attribute attribute, boolean primaryKey) {
        int missing = !primaryKey && random.chance(WITH_GAPS) ? ROWS / 4 : 0;
        List<Value> distinct = primaryKey ? List.of() : distinct(attribute.kind());
        int filled = primaryKey ? distinct.size() : ROWS - missing;
        return new ColumnProfile(attribute.name(), role(attribute.kind()), distinct, filled, missing);
    }

    private List<Value> distinct(ValueKind kind) {
        int wanted = random.between(3, kind.isGroup() ? 7 : 12);
        Stream<Value> drawn =
                Stream.generate(() -> values.value(kind)).limit(wanted).map(InventedProfile::asColumnValue);
        Comparator<Value> order = kind.type().equals("text")
                ? Comparator.comparing(Value::text)
                : Comparator.comparingDouble(Value::number);
        return drawn.distinct().sorted(order).toList();
    }

    private static Value asColumnValue(org.sqltune.data.pretraining.Value value) {
        return value.literal().startsWith("'")
                ? Value.ofText(value.spoken())
                : Value.ofNumber(Double.parseDouble(value.literal()));
    }

    private static ColumnRole role(ValueKind kind) {
        return switch (kind) {
            case KEY -> ColumnRole.KEY;
            case NAME -> ColumnRole.NAME;
            case PERSON, PLACE, CATEGORY -> ColumnRole.CATEGORY;
            case CODE, TEXT -> ColumnRole.TEXT;
            case DATE -> ColumnRole.DATE;
            case YEAR, MONEY, COUNT, MEASURE, SCORE, AGE -> ColumnRole.NUMBER;
        };
    }

    private static org.sqltune.data.synthesis.profile.Link link(Link link, Map<String, TableProfile> tables) {
        TableProfile child = Objects.requireNonNull(tables.get(link.child().name()));
        TableProfile parent = Objects.requireNonNull(tables.get(link.parent().name()));
        return new org.sqltune.data.synthesis.profile.Link(
                child,
                child.column(link.childColumn()).orElseThrow(),
                parent,
                parent.column(link.parentColumn()).orElseThrow());
    }
}
