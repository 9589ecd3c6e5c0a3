package org.sqltune.synthesis.invention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.core.schema.Column;

class NameShortenerTest {
    private static final InventedSchema SHOP = new InventedSchema(
            "shop",
            List.of(new InventedTable(
                    "customers",
                    Noun.regular("customer"),
                    List.of(
                            new Attribute(new Column("customer_id", "integer", true), InventedValueKind.KEY),
                            new Attribute(new Column("customer_name", "text", false), InventedValueKind.NAME),
                            new Attribute(new Column("city", "text", false), InventedValueKind.PLACE),
                            new Attribute(new Column("cty", "text", false), InventedValueKind.TEXT)))),
            List.of());

    @ParameterizedTest
    @CsvSource({"customer_name, cstm_nm", "UnitPrice, unt_prc", "city, cty", "age, age", "total_amount, ttl_amnt"})
    void aNameKeepsTheFirstLettersAndConsonantsOfItsWords(String name, String shorter) {
        assertThat(NameShortener.shortened(name)).isEqualTo(shorter);
    }

    @Test
    void fewSchemasAreShortenedAndTheirCommentsSayWhatIsMeant() {
        NameShortener shortener = new NameShortener(new Sampler(1));
        List<InventedSchema> changed = IntStream.range(0, 500)
                .mapToObj(i -> shortener.shorten(SHOP))
                .filter(schema -> !schema.equals(SHOP))
                .toList();

        assertThat(changed).hasSizeBetween(10, 80);
        assertThat(changed).allSatisfy(schema -> {
            List<Attribute> attributes = schema.tables().get(0).attributes();
            assertThat(attributes)
                    .extracting(Attribute::name)
                    .doesNotHaveDuplicates()
                    .startsWith("customer_id");
            assertThat(attributes)
                    .extracting(Attribute::spoken)
                    .containsExactly("customer id", "customer name", "city", "cty");
        });
        assertThat(changed)
                .anyMatch(schema ->
                        schema.tables().get(0).attributes().get(1).name().equals("cstm_nm"));
    }
}
