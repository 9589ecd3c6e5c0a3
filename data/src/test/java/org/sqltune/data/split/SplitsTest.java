package org.sqltune.data.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SplitsTest {
    private final Splits<String> splits = new Splits<>(
            List.of("a"),
            List.of("b"),
            List.of("c"),
            Map.of("people", List.of("d"), "nobody", List.of()),
            List.of("note"),
            List.of());

    @Test
    void namesTheSetsThatArentTrainedOnWithoutEmptyOnes() {
        assertThat(splits.heldOut())
                .containsExactly(
                        entry("validation", List.of("b")), entry("test", List.of("c")), entry("people", List.of("d")));
        assertThat(splits.all()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void aTestSetThatIsTheValidationSetComesOnce() {
        Splits<String> twice = new Splits<>(List.of("a"), List.of("b"), List.of("b"), List.of());
        assertThat(twice.heldOut()).containsExactly(entry("validation", List.of("b")));
        assertThat(twice.title("validation")).isEqualTo("validation and test");
        assertThat(twice.all()).containsExactly("a", "b");
        assertThat(splits.title("validation")).isEqualTo("validation");
    }

    @Test
    void mapsEverySet() {
        Splits<Integer> lengths = splits.map(String::length);
        assertThat(lengths.furtherTests().get("people")).containsExactly(1);
        assertThat(splits.mapSets(items -> List.of(items.size())).furtherTests().values())
                .containsExactlyInAnyOrder(List.of(1), List.of(0));
        assertThat(splits.withTraining(List.of(), List.of("v"), List.of()).all())
                .containsExactly("v", "c", "d");
        assertThat(splits.withNote("another").notes()).containsExactly("note", "another");
    }
}
