package org.sqltune.synthesis.invention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.synthesis.invention.SchemaInventor.SchemaShape;

class SchemaInventorTest {
    private static final SchemaShape SHAPE = new SchemaShape(3, 6, 3, 6, 0.1);

    @Test
    void everySchemaKeepsToItsShape() {
        for (InventedSchema schema : schemas(SHAPE)) {
            assertThat(schema.tables()).hasSizeBetween(3, 6);
            assertThat(schema.tables())
                    .allSatisfy(table -> assertThat(table.facts()).hasSizeBetween(3, 6));
        }
    }

    @Test
    void columnNamesAreUniqueInTheirTableAndTableNamesInTheirSchema() {
        for (InventedSchema invented : schemas(SHAPE)) {
            Schema schema = invented.schema();
            assertThat(schema.tables()).extracting(Table::name).doesNotHaveDuplicates();
            assertThat(schema.tables())
                    .allSatisfy(table ->
                            assertThat(table.columns()).extracting(Column::name).doesNotHaveDuplicates());
        }
    }

    @Test
    void foreignKeysConnectAllTablesAndPointAtPrimaryKeys() {
        for (InventedSchema invented : schemas(SHAPE)) {
            Schema schema = invented.schema();
            assertThat(reachable(schema)).hasSize(schema.tables().size());
            for (ForeignKey key : schema.foreignKeys()) {
                assertThat(column(schema, key.table(), key.column()).primaryKey())
                        .isFalse();
                assertThat(column(schema, key.referencedTable(), key.referencedColumn())
                                .primaryKey())
                        .isTrue();
            }
        }
    }

    @Test
    void namesExistNowhereWhenAskedFor() {
        assertThat(knownNouns(new SchemaShape(1, 1, 2, 4, 0))).isEqualTo(200);
        // A made-up word may happen to be a word.
        assertThat(knownNouns(new SchemaShape(1, 1, 2, 4, 1))).isLessThan(10);
    }

    private static long knownNouns(SchemaShape shape) {
        Set<String> known =
                WordLists.load().things().stream().map(Noun::singular).collect(Collectors.toSet());
        return schemas(shape).stream()
                .map(schema -> schema.tables().get(0).noun().singular())
                .filter(noun -> known.contains(noun.substring(noun.lastIndexOf('_') + 1)))
                .count();
    }

    private static Set<String> reachable(Schema schema) {
        Set<String> reached = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(List.of(schema.tables().get(0).name()));
        while (!next.isEmpty()) {
            String table = next.remove();
            if (reached.add(table)) {
                for (ForeignKey key : schema.foreignKeys()) {
                    if (key.table().equals(table)) {
                        next.add(key.referencedTable());
                    } else if (key.referencedTable().equals(table)) {
                        next.add(key.table());
                    }
                }
            }
        }
        return reached;
    }

    private static Column column(Schema schema, String table, String column) {
        return schema.table(table).orElseThrow().columns().stream()
                .filter(each -> each.name().equals(column))
                .findFirst()
                .orElseThrow();
    }

    private static List<InventedSchema> schemas(SchemaShape shape) {
        Sampler random = new Sampler(17);
        WordLists words = WordLists.load();
        SchemaInventor inventor = new SchemaInventor(words, new ValueInventor(words, random), random);
        return IntStream.range(0, 200)
                .mapToObj(number -> inventor.invent("s" + number, shape))
                .toList();
    }
}
