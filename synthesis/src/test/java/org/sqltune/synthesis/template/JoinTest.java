package org.sqltune.synthesis.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqltune.synthesis.ShopDatabase;
import org.sqltune.synthesis.grammar.Choice;
import org.sqltune.synthesis.grammar.DraftScope;
import org.sqltune.synthesis.grammar.Term;
import org.sqltune.synthesis.profile.ColumnProfile;
import org.sqltune.synthesis.profile.ColumnRole;
import org.sqltune.synthesis.profile.DatabaseProfile;
import org.sqltune.synthesis.profile.DatabaseProfile.Link;
import org.sqltune.synthesis.profile.DatabaseProfiler;
import org.sqltune.synthesis.profile.ProfiledValue;
import org.sqltune.synthesis.profile.TableProfile;

class JoinTest {
    private Connection shop;
    private DatabaseProfile database;

    @BeforeEach
    void open() throws SQLException {
        shop = ShopDatabase.open();
        database = DatabaseProfiler.profile(ShopDatabase.schema(shop), shop);
    }

    @AfterEach
    void close() throws SQLException {
        shop.close();
    }

    @Test
    void theChildIsJoinedWithItsParentByTheReference() {
        assertThat(join("products").orElseThrow().from())
                .isEqualTo("products AS T1 JOIN suppliers AS T2 ON T1.supplier_id = T2.supplier_id");
    }

    @Test
    void aGrandparentIsTheThird() {
        Join join = join("items").orElseThrow();
        Link up = database.linksFrom(join.link().parent()).get(0);

        assertThat(join.fromWithGrandparent(up))
                .isEqualTo("items AS T1 JOIN orders AS T2 ON T1.order_id = T2.order_id"
                        + " JOIN customers AS T3 ON T2.customer_id = T3.customer_id");
    }

    @Test
    void aSecondParentIsTheThird() {
        List<Join> both = Join.upTwice(scope("reviews")).orElseThrow();

        assertThat(both.get(0).fromWithSecondParent(both.get(1).link()))
                .startsWith("reviews AS T1 JOIN ")
                .contains(" AS T3 ON T1." + both.get(1).link().reference().name() + " = T3.");
    }

    @Test
    void aTableWithoutAParentHasNoJoin() {
        assertThat(join("suppliers")).isEmpty();
        assertThat(Join.upTwice(scope("products"))).isEmpty();
        assertThat(Join.upToNamed(scope("items"))).as("orders have no name").isEmpty();
        assertThat(Join.upToNamed(scope("orders"))).isPresent();
    }

    @Test
    void aNameThatTwoParentsHaveIsNotAskedFor() {
        TableProfile child = new TableProfile("b", List.of(key("a_id")), 4);
        ColumnProfile twice = new ColumnProfile("name", ColumnRole.NAME, List.of(ProfiledValue.ofText("Ann")), 2, 0);
        ColumnProfile once = new ColumnProfile("name", ColumnRole.NAME, List.of(ProfiledValue.ofText("Ann")), 1, 0);

        assertThat(joined(child, new TableProfile("a", List.of(key("id"), twice), 2))
                        .oneName())
                .isEmpty();
        assertThat(joined(child, new TableProfile("a", List.of(key("id"), once), 1))
                        .oneName())
                .contains(ProfiledValue.ofText("Ann"));
    }

    @Test
    void aDraftKnowsBothTables() {
        Join join = join("products").orElseThrow();

        assertThat(join.draft("p", join.select("T2.name")).terms())
                .containsEntry("item", new Term.Entity(join.link().child()))
                .containsEntry("parent", new Term.Entity(join.link().parent()))
                .containsKeys("link", "name");
        assertThat(join.nameSql()).isEqualTo("T2.name");
        assertThat(join.keySql()).isEqualTo("T2.supplier_id");
    }

    @ParameterizedTest
    @CsvSource({
        "AVG, price, true",
        "SUM, price, false",
        "MAX, price, true",
        "MIN, price, true",
        "SUM, total, true",
        "AVG, total, true",
        "AVG, year, false",
        "SUM, birth_year, false",
        "AVG, zip_code, false",
        "SUM, rating, false",
        "AVG, rating, true",
        "SUM, quantity, true",
        "MAX, year, true"
    })
    void onlySensibleAggregatesAreAskedFor(Term.Aggregate function, String column, boolean sensible) {
        TableProfile table = new TableProfile("t", List.of(number(column, 1, 2, 3)), 3);
        DraftScope scope = new DraftScope(new DatabaseProfile(List.of(table), List.of()), table, new Choice(1));

        assertThat(Measures.draw(scope, function).map(measure -> measure.sql("T1.")))
                .isEqualTo(sensible ? Optional.of(function + "(T1." + column + ")") : Optional.empty());
    }

    @Test
    void ofOneValueThereIsNoAggregate() {
        TableProfile table = new TableProfile("t", List.of(number("total", 5)), 3);
        DraftScope scope = new DraftScope(new DatabaseProfile(List.of(table), List.of()), table, new Choice(1));

        assertThat(Measures.draw(scope, Term.Aggregate.AVG)).isEmpty();
        assertThat(Measures.draw(scope, Term.Aggregate.MAX)).isEmpty();
    }

    private Optional<Join> join(String table) {
        return Join.up(scope(table));
    }

    private DraftScope scope(String name) {
        TableProfile table = database.tables().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        return new DraftScope(database, table, new Choice(1));
    }

    private static Join joined(TableProfile child, TableProfile parent) {
        Link link =
                new Link(child, child.columns().get(0), parent, parent.columns().get(0));
        DatabaseProfile database = new DatabaseProfile(List.of(parent, child), List.of(link));
        return Join.up(new DraftScope(database, child, new Choice(1))).orElseThrow();
    }

    private static ColumnProfile key(String name) {
        return new ColumnProfile(name, ColumnRole.KEY, List.of(ProfiledValue.ofNumber(1)), 1, 0);
    }

    private static ColumnProfile number(String name, double... values) {
        return new ColumnProfile(
                name,
                ColumnRole.NUMBER,
                Arrays.stream(values).mapToObj(ProfiledValue::ofNumber).toList(),
                values.length,
                0);
    }
}
