package org.sqltune.synthesis.pretraining;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sqltune.synthesis.invention.Attribute;
import org.sqltune.synthesis.invention.InventedSchema;
import org.sqltune.synthesis.invention.InventedSchema.InventedLink;
import org.sqltune.synthesis.invention.InventedTable;
import org.sqltune.synthesis.invention.InventedValueKind;
import org.sqltune.synthesis.invention.Sampler;
import org.sqltune.synthesis.invention.ValueInventor;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;
import org.sqltune.synthesis.profile.DatabaseProfile;
import org.sqltune.synthesis.profile.ProfiledValue;
import org.sqltune.synthesis.profile.TableProfile;

/** Invents the column contents of an invented schema, so that the synthesiser's templates can ask about them. */
final class InventedProfile {
    private static final int ROWS = 60;
    private static final double WITH_GAPS = 0.2;

    private final ValueInventor values;
    private final Sampler random;

    InventedProfile(ValueInventor values, Sampler random) {
        this.values = values;
        this.random = random;
    }

    /** Returns a profile of the schema as if every table had rows. */
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
        List<ProfiledValue> distinct = primaryKey ? List.of() : distinct(attribute.kind());
        int filled = primaryKey ? distinct.size() : ROWS - missing;
        return new ColumnProfile(
                attribute.name(),
                role(attribute.kind()),
                distinct,
                filled,
                missing,
                attribute.column().comment());
    }

    private List<ProfiledValue> distinct(InventedValueKind kind) {
        int wanted = random.between(3, kind.isGroup() ? 7 : 12);
        Stream<ProfiledValue> drawn =
                Stream.generate(() -> values.value(kind)).limit(wanted).map(InventedProfile::asColumnValue);
        Comparator<ProfiledValue> order = kind.type().equals("text")
                ? Comparator.comparing(ProfiledValue::text)
                : Comparator.comparingDouble(ProfiledValue::number);
        return drawn.distinct().sorted(order).toList();
    }

    private static ProfiledValue asColumnValue(org.sqltune.synthesis.invention.InventedValue value) {
        return value.literal().startsWith("'")
                ? ProfiledValue.ofText(value.spoken())
                : ProfiledValue.ofNumber(Double.parseDouble(value.literal()));
    }

    private static ColumnRole role(InventedValueKind kind) {
        return switch (kind) {
            case KEY -> ColumnRole.KEY;
            case NAME -> ColumnRole.NAME;
            case PERSON, PLACE, CATEGORY -> ColumnRole.CATEGORY;
            case CODE, TEXT -> ColumnRole.TEXT;
            case DATE -> ColumnRole.DATE;
            case YEAR, MONEY, COUNT, MEASURE, SCORE, AGE -> ColumnRole.NUMBER;
        };
    }

    private static org.sqltune.synthesis.profile.DatabaseProfile.Link link(
            InventedLink link, Map<String, TableProfile> tables) {
        TableProfile child = Objects.requireNonNull(tables.get(link.child().name()));
        TableProfile parent = Objects.requireNonNull(tables.get(link.parent().name()));
        return new org.sqltune.synthesis.profile.DatabaseProfile.Link(
                child,
                child.column(link.childColumn()).orElseThrow(),
                parent,
                parent.column(link.parentColumn()).orElseThrow());
    }
}
