package org.sqltune.synthesis.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sqltune.core.example.SqlQuestion;
import org.sqltune.core.example.ValueLink;
import org.sqltune.core.schema.Column;
import org.sqltune.core.schema.ForeignKey;
import org.sqltune.core.schema.Schema;
import org.sqltune.core.schema.Table;
import org.sqltune.synthesis.invention.Sampler;

class SchemaPresentationTest {
    private static final Schema SHOP = new Schema(
            "shop",
            List.of(
                    new Table(
                            "customer",
                            List.of(new Column("customer_id", "integer", true), new Column("city", "text", false))),
                    new Table("orders", List.of(new Column("customer_id", "integer", false)))),
            List.of(new ForeignKey("orders", "customer_id", "customer", "customer_id")));

    private static KnownTexts texts() {
        KnownTexts known = new KnownTexts();
        known.add(new ValueLink("customer", "city", "Berlin"));
        return known;
    }

    @Test
    void everyLookOccursAndNoneLosesAName() {
        SchemaPresentation presentation = new SchemaPresentation(new Sampler(5));
        List<String> prompts = IntStream.range(0, 400)
                .mapToObj(i -> {
                    SchemaPresentation.Presented shown = presentation.present(SHOP, Set.of("customer"), texts());
                    return shown.template().render(new SqlQuestion("1", "shop", "How many?", shown.schema()));
                })
                .toList();

        assertThat(prompts).allMatch(prompt -> prompt.contains("customer_id") && prompt.contains("orders"));
        for (String look : List.of(
                "TABLE: customer ( customer_id (integer), city (text) )",
                "customer_id (integer, primary key)",
                "FOREIGN KEY: orders.customer_id = customer.customer_id",
                "[customer id]",
                "e.g. 'Berlin'",
                "CREATE TABLE customer",
                "varchar(255)",
                "customer(customer_id, city)")) {
            assertThat(prompts).as(look).anyMatch(prompt -> prompt.contains(look));
        }
    }

    @Test
    void ofALargeSchemaTheNeededTablesAndSomeOthersAreShown() {
        List<Table> many = IntStream.range(0, 60)
                .mapToObj(i -> new Table(
                        "table" + i,
                        IntStream.range(0, 8)
                                .mapToObj(c -> new Column("column" + c, "text", false))
                                .toList()))
                .toList();
        SchemaPresentation presentation = new SchemaPresentation(new Sampler(5));

        Schema shown = presentation
                .present(new Schema("large", many, List.of()), Set.of("table7", "table59"), new KnownTexts())
                .schema();

        assertThat(shown.tables().stream().map(Table::name).collect(Collectors.toSet()))
                .contains("table7", "table59")
                .hasSizeBetween(5, 20);
    }
}
