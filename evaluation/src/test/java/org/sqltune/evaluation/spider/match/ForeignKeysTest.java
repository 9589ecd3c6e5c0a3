package org.sqltune.evaluation.spider.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ForeignKeysTest {
    private static final List<String> IDS = List.of("*", "a", "b", "c", "d", "e");

    @Test
    void joinedColumnsCountAsTheFirstOfThem() {
        ForeignKeys keys = ForeignKeys.of(IDS, List.of(List.of(3, 1), List.of(4, 1)));
        assertThat(keys.representatives())
                .containsEntry("c", "a")
                .containsEntry("d", "a")
                .containsEntry("a", "a");
        assertThat(keys.representatives()).doesNotContainKeys("b", "e");
    }

    /** The official code never joins two groups: a key that touches both goes to the first of them. */
    @Test
    void groupsNeverMerge() {
        ForeignKeys keys = ForeignKeys.of(IDS, List.of(List.of(1, 2), List.of(3, 4), List.of(2, 3)));
        assertThat(keys.representatives()).containsEntry("a", "a").containsEntry("b", "a");
        assertThat(keys.representatives().get("d")).isEqualTo("c");
    }

    @Test
    void withoutKeysEveryColumnStandsForItself() {
        assertThat(ForeignKeys.of(IDS, List.of())).isEqualTo(ForeignKeys.NONE);
    }
}
