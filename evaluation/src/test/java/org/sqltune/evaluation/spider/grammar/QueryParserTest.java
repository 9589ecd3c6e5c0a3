package org.sqltune.evaluation.spider.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.evaluation.spider.grammar.ConditionPart.Comparison;
import org.sqltune.evaluation.spider.grammar.ConditionPart.Connective;
import org.sqltune.evaluation.spider.grammar.ParsedQuery.Ordering;
import org.sqltune.evaluation.spider.grammar.ParsedQuery.SelectUnit;
import org.sqltune.evaluation.spider.grammar.ParsedQuery.SetOperator;
import org.sqltune.evaluation.spider.grammar.ValueUnit.ArithmeticOperator;
import org.sqltune.evaluation.spider.grammar.ValueUnit.ColumnUnit;

/** What the official grammar makes of queries; expected values are those of {@code get_sql} of process_sql.py. */
class QueryParserTest {
    private static final QuerySchema SCHEMA = new QuerySchema(Map.of(
            "Singer", List.of("Id", "Name", "Age"),
            "concert", List.of("id", "singer_id", "year")));

    private static ParsedQuery parse(String sql) {
        return QueryParser.parse(sql, SCHEMA);
    }

    private static ColumnUnit column(String id) {
        return new ColumnUnit(Aggregate.NONE, id, false);
    }

    private static ValueUnit value(String id) {
        return new ValueUnit(ArithmeticOperator.NONE, column(id), null);
    }

    @Test
    void namesAreReadWithoutCase() {
        ParsedQuery query = parse("SELECT name FROM SINGER");
        assertThat(query.select()).containsExactly(new SelectUnit(Aggregate.NONE, value("__singer.name__")));
        assertThat(query.tables()).containsExactly(new TableUnit.Named("__singer__"));
        assertThat(query.where().isEmpty()).isTrue();
        assertThat(query.limit()).isNull();
    }

    @Test
    void aliasesHoldInTheWholeText() {
        ParsedQuery query = parse("SELECT T1.name FROM singer AS T1 JOIN concert AS T2 ON T1.id = T2.singer_id");
        assertThat(query.tables())
                .containsExactly(new TableUnit.Named("__singer__"), new TableUnit.Named("__concert__"));
        Comparison join = (Comparison) query.joinCondition().parts().get(0);
        assertThat(join.left()).isEqualTo(value("__singer.id__"));
        assertThat(join.first()).isEqualTo(column("__concert.singer_id__"));
    }

    @Test
    void functionsStandOutsideTheValueInTheSelectListAndInsideElsewhere() {
        ParsedQuery query = parse("SELECT count(*), max(age) FROM singer GROUP BY name HAVING avg(age) > 3");
        assertThat(query.select())
                .containsExactly(
                        new SelectUnit(Aggregate.COUNT, value("__all__")),
                        new SelectUnit(Aggregate.MAX, value("__singer.age__")));
        Comparison having = (Comparison) query.having().parts().get(0);
        assertThat(having.left().left()).isEqualTo(new ColumnUnit(Aggregate.AVG, "__singer.age__", false));
        assertThat(having.first()).isEqualTo(new Operand.Number(3));
    }

    @Test
    void conditionsKeepOperatorsAndConnectivesInOrder() {
        ParsedQuery query = parse(
                "SELECT name FROM singer WHERE age NOT IN (SELECT age FROM singer) AND name LIKE '%a%' OR id != 3");
        assertThat(query.where().connectives()).containsExactly(Connective.AND, Connective.OR);
        List<ConditionPart> comparisons = query.where().comparisons();
        Comparison in = (Comparison) comparisons.get(0);
        assertThat(in.negated()).isTrue();
        assertThat(in.operator()).isEqualTo(ComparisonOperator.IN);
        assertThat(in.first()).isInstanceOf(ParsedQuery.class);
        assertThat(((Comparison) comparisons.get(1)).first()).isEqualTo(new Operand.Text("\"%a%\""));
        assertThat(((Comparison) comparisons.get(2)).operator()).isEqualTo(ComparisonOperator.UNEQUAL);
    }

    @Test
    void betweenHasTwoBounds() {
        Comparison between = (Comparison) parse("SELECT name FROM singer WHERE age BETWEEN 3 AND 7.5")
                .where()
                .parts()
                .get(0);
        assertThat(between.operator()).isEqualTo(ComparisonOperator.BETWEEN);
        assertThat(between.first()).isEqualTo(new Operand.Number(3));
        assertThat(between.second()).isEqualTo(new Operand.Number(7.5));
    }

    @Test
    void theDirectionNamedLastHoldsForTheWholeOrder() {
        Ordering ordering = parse("SELECT name FROM singer ORDER BY age DESC, name ASC LIMIT 3")
                .orderBy();
        assertThat(ordering).isNotNull();
        assertThat(ordering.descending()).isFalse();
        assertThat(ordering.keys()).containsExactly(value("__singer.age__"), value("__singer.name__"));
        assertThat(parse("SELECT name FROM singer LIMIT 3").limit()).isEqualTo(BigInteger.valueOf(3));
    }

    @Test
    void arithmeticJoinsTwoColumns() {
        ValueUnit difference =
                parse("SELECT age - id FROM singer").select().get(0).value();
        assertThat(difference)
                .isEqualTo(new ValueUnit(ArithmeticOperator.MINUS, column("__singer.age__"), column("__singer.id__")));
    }

    @Test
    void setOperatorsHangTheSecondQueryOnTheFirst() {
        ParsedQuery query = parse("SELECT name FROM singer EXCEPT SELECT name FROM singer WHERE age > 3");
        ParsedQuery second = query.operandOf(SetOperator.EXCEPT);
        assertThat(second).isNotNull();
        assertThat(second.where().isEmpty()).isFalse();
        assertThat(query.operandOf(SetOperator.UNION)).isNull();
    }

    @Test
    void aQueryInFromIsATable() {
        ParsedQuery query = parse("SELECT count(*) FROM (SELECT name FROM singer)");
        assertThat(query.tables().get(0)).isInstanceOf(TableUnit.Derived.class);
    }

    @Test
    void distinctIsKept() {
        assertThat(parse("SELECT DISTINCT name FROM singer").distinct()).isTrue();
        ColumnUnit counted = parse("SELECT count(DISTINCT name) FROM singer")
                .select()
                .get(0)
                .value()
                .left();
        assertThat(counted.distinct()).isTrue();
    }

    /** The official parser looks for conditions as long as there are tokens. */
    @Test
    void aWhereAtTheEndIsNoCondition() {
        assertThat(parse("SELECT name FROM singer WHERE")).isEqualTo(parse("SELECT name FROM singer"));
    }

    @Test
    void whatFollowsAWholeQueryIsNotLookedAt() {
        assertThat(parse("SELECT name FROM singer; DROP TABLE singer")).isEqualTo(parse("SELECT name FROM singer"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT",
                "SELECT name",
                "SELECT nome FROM singer",
                "SELECT name FROM band",
                "SELECT name FROM singer WHERE age <> 3",
                "SELECT name FROM singer WHERE name = 'x",
                "SELECT name FROM singer LIMIT many",
                "SELECT T3.name FROM singer AS T1",
                "SELECT name FROM singer AS concert",
                "SELECT upper(name) FROM singer",
                "SELECT name FROM singer LEFT JOIN concert ON singer.id = concert.singer_id",
                "SELECT CASE WHEN age > 3 THEN 1 END FROM singer",
                "SELECT name FROM (SELECT name FROM singer"
            })
    void whatTheGrammarLacksIsRefused(String sql) {
        assertThatThrownBy(() -> parse(sql)).isInstanceOf(UnparseableQueryException.class);
    }

    @Test
    void nestingWithoutEndIsRefusedAndNotOverflowed() {
        String open = "SELECT name FROM singer WHERE id IN (".repeat(300);
        assertThatThrownBy(() -> parse(open + "1")).isInstanceOf(UnparseableQueryException.class);
    }
}
