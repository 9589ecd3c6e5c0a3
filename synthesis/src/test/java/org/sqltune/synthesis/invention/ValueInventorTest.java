package org.sqltune.synthesis.invention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ValueInventorTest {
    private static final int DRAWS = 300;

    @ParameterizedTest
    @CsvSource({
        "DATE, (19|20)\\d\\d-[01]\\d-[0-3]\\d",
        "YEAR, (19|20)\\d\\d",
        "AGE, [1-9]\\d?",
        "COUNT, '[1-9]\\d{0,3}'",
        "KEY, '[1-9]\\d{0,3}'",
        "MONEY, '\\d+(\\.\\d)?'",
        "MEASURE, '\\d+(\\.\\d)?'",
        "SCORE, '\\d+(\\.\\d)?'",
        "CODE, '[A-Z]{1,3}-?\\d{1,4}'",
        "PERSON, '\\S+( \\S+)+'",
        "NAME, .+",
        "PLACE, .+",
        "CATEGORY, .+",
        "TEXT, '[^A-Z]+'"
    })
    void valuesAreOfTheirKind(InventedValueKind kind, String pattern) {
        assertThat(values(kind, 1)).extracting(InventedValue::spoken).allMatch(spoken -> spoken.matches(pattern));
    }

    @ParameterizedTest
    @EnumSource(InventedValueKind.class)
    void whatIsSpokenIsWhatIsWritten(InventedValueKind kind) {
        boolean text = kind.type().equals("text");

        assertThat(values(kind, 2))
                .allSatisfy(value -> assertThat(value.literal())
                        .isEqualTo(text ? "'" + value.spoken().replace("'", "''") + "'" : value.spoken()));
    }

    @ParameterizedTest
    @EnumSource(InventedValueKind.class)
    void equalSeedsInventEqualValues(InventedValueKind kind) {
        assertThat(values(kind, 3)).isEqualTo(values(kind, 3));
        assertThat(values(kind, 3).stream().distinct().count()).isGreaterThan(20);
    }

    @ParameterizedTest
    @EnumSource(InventedValueKind.class)
    void onlyQuantitiesAndTimesAreOrdered(InventedValueKind kind) {
        boolean time = kind == InventedValueKind.DATE || kind == InventedValueKind.YEAR;

        assertThat(kind.isOrdered()).isEqualTo(kind.isQuantity() || time);
        assertThat(kind.isWords() && kind.isQuantity()).isFalse();
        assertThat(kind.isQuantity() && kind.type().equals("text")).isFalse();
    }

    @Test
    void wordsThatExistNowhereCanBePronounced() {
        ValueInventor inventor = new ValueInventor(WordLists.load(), new Sampler(4));

        assertThat(IntStream.range(0, DRAWS).mapToObj(time -> inventor.word()))
                .allMatch(word -> word.matches("([b-df-hj-np-tv-z][aeiou][nrls]?){2,3}"));
    }

    @Test
    void aFragmentIsOneWord() {
        ValueInventor inventor = new ValueInventor(WordLists.load(), new Sampler(5));

        assertThat(IntStream.range(0, DRAWS).mapToObj(time -> inventor.fragment()))
                .allMatch(word -> !word.isBlank() && !word.contains(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "order, orders",
        "city, cities",
        "day, days",
        "box, boxes",
        "bus, buses",
        "match, matches",
        "dish, dishes",
        "quiz, quizes"
    })
    void aNounHasAPlural(String singular, String plural) {
        assertThat(Noun.regular(singular)).isEqualTo(new Noun(singular, plural));
    }

    @Test
    void anIrregularNounNamesItsPlural() {
        assertThat(Noun.parse("child/children")).isEqualTo(new Noun("child", "children"));
        assertThat(Noun.compound(Noun.parse("school"), Noun.parse("child/children")))
                .isEqualTo(new Noun("school_child", "school_children"));
        assertThat(new Noun("order_item", "order_items").spokenPlural()).isEqualTo("order items");
    }

    @Test
    void theWordListsHaveEveryKindAndNothingTwice() {
        WordLists words = WordLists.load();

        assertThat(words.things()).hasSizeGreaterThan(50).doesNotHaveDuplicates();
        for (InventedValueKind kind : InventedValueKind.values()) {
            if (kind != InventedValueKind.KEY) {
                assertThat(words.columnsOf(kind))
                        .as(kind.name())
                        .isNotEmpty()
                        .allMatch(name -> name.matches("[a-z][a-z0-9_]*"));
            }
        }
        for (String list : List.of("first", "last", "place", "category", "word")) {
            assertThat(words.valuesOf(list)).as(list).hasSizeGreaterThan(10);
        }
    }

    @Property(tries = 100)
    void weightsDecideHowOften(@ForAll long seed, @ForAll @IntRange(max = 3) int only) {
        double[] weights = new double[4];
        weights[only] = 2.5;
        Sampler sampler = new Sampler(seed);

        assertThat(IntStream.range(0, 50).map(time -> sampler.weighted(weights)))
                .containsOnly(only);
    }

    @Property(tries = 100)
    void someAreDifferentMembersOrAll(@ForAll long seed, @ForAll @IntRange(max = 7) int count) {
        List<String> members = List.of("a", "b", "c", "d");

        assertThat(new Sampler(seed).pickSome(members, count))
                .hasSize(Math.min(count, members.size()))
                .doesNotHaveDuplicates()
                .isSubsetOf(members);
    }

    private static List<InventedValue> values(InventedValueKind kind, long seed) {
        ValueInventor inventor = new ValueInventor(WordLists.load(), new Sampler(seed));
        return IntStream.range(0, DRAWS).mapToObj(time -> inventor.value(kind)).toList();
    }
}
