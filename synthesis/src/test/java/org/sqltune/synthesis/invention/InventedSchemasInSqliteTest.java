package org.sqltune.synthesis.invention;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.SchemaReader;
import org.sqltune.core.schema.Table;
import org.sqltune.synthesis.invention.InventedSchema.InventedLink;
import org.sqltune.synthesis.invention.SchemaInventor.SchemaShape;

/** Invented schemas are schemas: SQLite makes them as they are written, unquoted, and holds what was invented for them. */
class InventedSchemasInSqliteTest {
    private static final SchemaShape SHAPE = new SchemaShape(1, 6, 2, 6, 0.3);
    private static final int SCHEMAS = 60;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everySchemaIsValidAndReadBackAsItIs(long seed) throws SQLException {
        for (InventedSchema invented : spelled(seed)) {
            Schema schema = invented.schema();
            try (Connection database = made(schema)) {
                Schema read = new SchemaReader().read(database, schema.databaseId());

                assertThat(read.tables())
                        .extracting(Table::name)
                        .containsExactlyInAnyOrderElementsOf(
                                schema.tables().stream().map(Table::name).toList());
                for (Table table : schema.tables()) {
                    assertThat(read.table(table.name()).orElseThrow().columns())
                            .extracting(Column::name)
                            .containsExactlyElementsOf(
                                    table.columns().stream().map(Column::name).toList());
                }
                assertThat(read.foreignKeys()).containsExactlyInAnyOrderElementsOf(schema.foreignKeys());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void inventedValuesFitTheirColumns(long seed) throws SQLException {
        Sampler random = new Sampler(seed);
        ValueInventor values = new ValueInventor(WordLists.load(), random);
        for (InventedSchema invented : spelled(seed)) {
            try (Connection database = made(invented.schema());
                    Statement statement = database.createStatement()) {
                for (InventedTable table : invented.tables()) {
                    String row = table.attributes().stream()
                            .map(attribute -> values.value(attribute.kind()).literal())
                            .collect(Collectors.joining(", "));
                    statement.executeUpdate("INSERT INTO " + table.name() + " VALUES (" + row + ")");
                    for (Attribute attribute : table.attributes()) {
                        String type = asked(database, "SELECT typeof(" + attribute.name() + ") FROM " + table.name());
                        assertThat(type)
                                .as(table.name() + "." + attribute.name())
                                .isIn(storage(attribute.kind()));
                    }
                }
            }
        }
    }

    @Test
    void equalSeedsInventEqualSchemas() {
        assertThat(spelled(7)).isEqualTo(spelled(7));
        assertThat(spelled(7)).isNotEqualTo(spelled(8));
    }

    @Test
    void aKeyIsFirstAndReferencesAreBesideTheFacts() {
        for (InventedSchema schema : spelled(9)) {
            for (InventedTable table : schema.tables()) {
                assertThat(table.key().kind()).isEqualTo(InventedValueKind.KEY);
                assertThat(table.key().column().primaryKey()).isTrue();
                assertThat(table.facts()).allMatch(attribute -> attribute.kind() != InventedValueKind.KEY);
            }
            for (InventedLink link : schema.links()) {
                assertThat(schema.tables()).contains(link.child(), link.parent());
                assertThat(link.child().attributes())
                        .extracting(Attribute::name)
                        .contains(link.childColumn());
                assertThat(link.parent().key().name()).isEqualTo(link.parentColumn());
            }
        }
    }

    @Test
    void spellingChangesNamesAndNotWhatTheyMean() {
        Sampler random = new Sampler(3);
        SchemaInventor inventor = inventor(random);
        SchemaSpeller speller = new SchemaSpeller(random);
        for (int i = 0; i < SCHEMAS; i++) {
            InventedSchema plain = inventor.invent("s" + i, SHAPE);
            InventedSchema spelled = speller.spell(plain);

            assertThat(spelled.tables()).hasSameSizeAs(plain.tables());
            for (int t = 0; t < plain.tables().size(); t++) {
                InventedTable before = plain.tables().get(t);
                InventedTable after = spelled.tables().get(t);
                assertThat(after.noun()).isEqualTo(before.noun());
                assertThat(after.attributes().stream().map(Attribute::kind))
                        .isEqualTo(before.attributes().stream()
                                .map(Attribute::kind)
                                .toList());
                assertThat(letters(after.name())).isEqualTo(letters(before.name()));
            }
            assertThat(spelled.links()).hasSameSizeAs(plain.links());
        }
    }

    @Test
    void manyStylesAreUsed() {
        List<String> names = spelled(11).stream()
                .flatMap(schema -> schema.tables().stream())
                .flatMap(table -> table.attributes().stream())
                .map(Attribute::name)
                .toList();

        assertThat(names).anyMatch(name -> name.matches("[a-z]+_[a-z_]+")).anyMatch(name -> name.matches("[A-Z]\\w*"));
    }

    @ParameterizedTest
    @EnumSource(NamingStyle.class)
    void everyStyleIsANameWithoutQuotes(NamingStyle style) {
        for (String snake : List.of("order", "order_item", "order_id", "a_b_c", "x1")) {
            assertThat(style.table(snake)).matches("[A-Za-z]\\w*");
            assertThat(style.column(snake)).matches("[A-Za-z]\\w*");
            assertThat(letters(style.column(snake))).isEqualTo(letters(snake));
        }
    }

    private static List<InventedSchema> spelled(long seed) {
        Sampler random = new Sampler(seed);
        SchemaInventor inventor = inventor(random);
        SchemaSpeller speller = new SchemaSpeller(random);
        List<InventedSchema> schemas = new ArrayList<>();
        IntStream.range(0, SCHEMAS).forEach(i -> schemas.add(speller.spell(inventor.invent("s" + i, SHAPE))));
        return schemas;
    }

    private static SchemaInventor inventor(Sampler random) {
        WordLists words = WordLists.load();
        return new SchemaInventor(words, new ValueInventor(words, random), random);
    }

    private static Connection made(Schema schema) throws SQLException {
        Connection database = DriverManager.getConnection("jdbc:sqlite::memory:");
        try (Statement statement = database.createStatement()) {
            for (Table table : schema.tables()) {
                List<String> parts = new ArrayList<>();
                table.columns()
                        .forEach(column -> parts.add(
                                column.name() + " " + column.type() + (column.primaryKey() ? " PRIMARY KEY" : "")));
                for (ForeignKey key : schema.foreignKeys()) {
                    if (key.table().equals(table.name())) {
                        parts.add("FOREIGN KEY (" + key.column() + ") REFERENCES " + key.referencedTable() + " ("
                                + key.referencedColumn() + ")");
                    }
                }
                statement.execute("CREATE TABLE " + table.name() + " (" + String.join(", ", parts) + ")");
            }
        }
        return database;
    }

    private static String asked(Connection database, String sql) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            return rows.getString(1);
        }
    }

    private static List<String> storage(InventedValueKind kind) {
        return switch (kind.type()) {
            case "integer" -> List.of("integer");
            case "real" -> List.of("real", "integer");
            default -> List.of("text");
        };
    }

    private static String letters(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }
}
