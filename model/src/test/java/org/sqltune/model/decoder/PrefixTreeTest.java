package org.sqltune.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqltune.core.SqlTuneException;
import org.sqltune.model.parity.ParityFixture;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/** Beginnings are found whole and right, and their pages are neither lost nor freed too early. Nothing is computed here. */
class PrefixTreeTest {
    private static final TextAdapter FIRST = new TextAdapter("first", Map.of());
    private static final TextAdapter SECOND = new TextAdapter("second", Map.of());

    private final Torch torch = Torch.cpu();
    private final Decoder decoder = ParityFixture.of("gqa_tied").decoder(torch, ElementType.FLOAT32);
    /** What was written into each slot: a hash of the text up to its token, and of the adapter. */
    private final Map<Integer, Integer> contents = new HashMap<>();

    @AfterEach
    void close() {
        decoder.close();
        torch.close();
    }

    static List<Long> seeds() {
        List<Long> seeds = new ArrayList<>();
        for (long seed = 1; seed <= 16; seed++) {
            seeds.add(seed);
        }
        return seeds;
    }

    /** Texts of few different tokens, so that they begin alike, come and go in any order while memory is short. */
    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsFoundIsWhatWasComputedWhateverCameAndWentBetween(long seed) {
        Random random = new Random(seed);
        try (KvPool pool = decoder.newPool(40)) {
            PrefixTree tree = new PrefixTree(pool);
            List<PagedText> running = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                TextAdapter adapter = random.nextBoolean() ? FIRST : TextAdapter.NONE;
                long[] prompt = ids(random, 1 + random.nextInt(60));
                int known = tree.known(adapter, 0, prompt);
                PagedText text = tree.begin(adapter, 0, prompt, prompt.length - 1);
                assertThat(text.length()).isEqualTo(Math.min(known, prompt.length - 1));
                assertRight(text, prompt);
                if (makeRoom(tree, text, prompt.length - text.length())) {
                    write(text, Arrays.copyOfRange(prompt, text.length(), prompt.length));
                    tree.keep(text, random.nextInt(4) == 0 ? 1 + random.nextInt(prompt.length) : prompt.length);
                    running.add(text);
                } else {
                    text.close();
                }
                if (random.nextInt(10) == 0 && tree.pin(adapter, 0, Arrays.copyOf(prompt, 1 + prompt.length / 2))) {
                    assertThat(tree.statistics().pinnedTokens()).isPositive();
                }
                if (running.size() > 4 || random.nextInt(5) == 0 && !running.isEmpty()) {
                    running.remove(random.nextInt(running.size())).close();
                }
                if (random.nextInt(60) == 0) {
                    tree.unpinOldest();
                }
                if (random.nextInt(150) == 0) {
                    tree.forget(FIRST);
                }
                if (random.nextInt(40) == 0) {
                    int expected = pool.freePages() + tree.evictablePages();
                    while (tree.evict()) {
                        // Down to what is pinned or computed with.
                    }
                    assertThat(pool.freePages()).isEqualTo(expected);
                }
            }
            running.forEach(PagedText::close);
            tree.clear();
            assertThat(tree.statistics().keptTokens()).isZero();
            assertThat(tree.statistics().pinnedTokens()).isZero();
            assertThat(pool.freePages()).isEqualTo(pool.pages());
        }
    }

    private static boolean makeRoom(PrefixTree tree, PagedText text, int tokens) {
        while (!text.reserve(tokens)) {
            if (!tree.evict()) {
                return false;
            }
        }
        return true;
    }

    private void write(PagedText text, long... ids) {
        int from = text.length();
        text.append(0, ids);
        int[] hashes = hashes(text.adapter(), text.ids());
        for (int i = from; i < text.length(); i++) {
            contents.put(text.slot(i), hashes[i]);
        }
    }

    /** For each token a hash of the text up to it. */
    private static int[] hashes(TextAdapter adapter, long[] ids) {
        int[] hashes = new int[ids.length];
        int hash = System.identityHashCode(adapter);
        for (int i = 0; i < ids.length; i++) {
            hash = 31 * hash + (int) ids[i] + 1;
            hashes[i] = hash;
        }
        return hashes;
    }

    private void assertRight(PagedText text, long[] prompt) {
        long[] begun = Arrays.copyOf(prompt, text.length());
        int[] written = new int[text.length()];
        for (int i = 0; i < written.length; i++) {
            written[i] = contents.get(text.slot(i));
        }
        assertThat(text.ids()).isEqualTo(begun);
        assertThat(written).isEqualTo(hashes(text.adapter(), begun));
    }

    private static long[] ids(Random random, int count) {
        return random.longs(count, 0, 2).toArray();
    }

    private PagedText kept(PrefixTree tree, KvPool pool, TextAdapter adapter, long... ids) {
        PagedText text = pool.newText(adapter);
        assertThat(text.reserve(ids.length)).isTrue();
        write(text, ids);
        tree.keep(text, ids.length);
        return text;
    }

    private static long[] many(long id, int count) {
        long[] ids = new long[count];
        Arrays.fill(ids, id);
        return ids;
    }

    @Test
    void adaptersHaveNothingInCommon() {
        try (KvPool pool = decoder.newPool(8)) {
            PrefixTree tree = new PrefixTree(pool);
            kept(tree, pool, FIRST, many(7, 20)).close();
            assertThat(tree.known(FIRST, 0, many(7, 25))).isEqualTo(20);
            assertThat(tree.known(SECOND, 0, many(7, 25))).isZero();
            assertThat(tree.known(TextAdapter.NONE, 0, many(7, 25))).isZero();
            assertThat(tree.known(FIRST, 1, many(7, 25)))
                    .as("other frequencies")
                    .isZero();
            tree.forget(FIRST);
            assertThat(pool.freePages()).isEqualTo(8);
        }
    }

    @Test
    void whatWasNotUsedForTheLongestTimeLeavesFirst() {
        try (KvPool pool = decoder.newPool(8)) {
            PrefixTree tree = new PrefixTree(pool);
            kept(tree, pool, FIRST, many(1, 20)).close();
            kept(tree, pool, FIRST, many(2, 20)).close();
            kept(tree, pool, FIRST, many(3, 20)).close();
            tree.begin(FIRST, 0, many(1, 30), 30).close();
            assertThat(tree.evict()).isTrue();
            assertThat(tree.known(FIRST, 0, many(2, 30))).isZero();
            assertThat(tree.known(FIRST, 0, many(1, 30))).isEqualTo(20);
            assertThat(tree.known(FIRST, 0, many(3, 30))).isEqualTo(20);
            assertThat(tree.statistics().evictions()).isEqualTo(1);
            assertThat(tree.statistics().evictedTokens()).isEqualTo(20);
            assertThat(tree.statistics().keptTokens()).isEqualTo(40);
        }
    }

    @Test
    void ofBeginningsThatShareOneTheEndsLeaveBeforeIt() {
        try (KvPool pool = decoder.newPool(16)) {
            PrefixTree tree = new PrefixTree(pool);
            long[] schema = many(5, 40);
            for (long question = 1; question <= 3; question++) {
                long[] prompt = Arrays.copyOf(schema, 50);
                Arrays.fill(prompt, 40, 50, question + 10);
                kept(tree, pool, FIRST, prompt).close();
            }
            assertThat(tree.statistics().keptTokens()).isEqualTo(40 + 3 * 10);
            for (int i = 0; i < 3; i++) {
                assertThat(tree.evict()).isTrue();
                assertThat(tree.known(FIRST, 0, schema)).isEqualTo(40);
            }
            assertThat(tree.evict()).isTrue();
            assertThat(tree.evict()).isFalse();
            assertThat(pool.freePages()).isEqualTo(16);
        }
    }

    @Test
    void whatIsPinnedStaysUntilItIsUnpinned() {
        try (KvPool pool = decoder.newPool(8)) {
            PrefixTree tree = new PrefixTree(pool);
            long[] prompt = many(1, 40);
            kept(tree, pool, FIRST, prompt).close();
            long[] schema = Arrays.copyOf(prompt, 25);
            assertThat(tree.pin(FIRST, 0, schema)).isTrue();
            assertThat(tree.pin(FIRST, 0, schema)).as("pinned twice").isTrue();
            assertThat(tree.pin(FIRST, 0, many(2, 3))).as("not there").isFalse();
            assertThat(tree.statistics().pinnedTokens()).isEqualTo(25);
            assertThat(tree.evict()).isTrue();
            assertThat(tree.evict()).isFalse();
            assertThat(tree.known(FIRST, 0, prompt)).isEqualTo(25);
            // A longer one that goes through it doesn't take the pin away.
            kept(tree, pool, FIRST, Arrays.copyOf(prompt, 20)).close();
            kept(tree, pool, FIRST, many(1, 12)).close();
            assertThat(tree.evict()).isFalse();
            assertThat(tree.unpin(FIRST, schema)).isTrue();
            assertThat(tree.unpin(FIRST, schema)).isFalse();
            assertThat(tree.statistics().pinnedTokens()).isZero();
            assertThat(tree.evict()).isTrue();
            assertThat(pool.freePages()).isEqualTo(8);
        }
    }

    @Test
    void aPinHoldsWhereTheBeginningIsCutLater() {
        try (KvPool pool = decoder.newPool(8)) {
            PrefixTree tree = new PrefixTree(pool);
            kept(tree, pool, FIRST, many(1, 30)).close();
            assertThat(tree.pin(FIRST, 0, many(1, 30))).isTrue();
            long[] other = many(1, 30);
            Arrays.fill(other, 10, 30, 9);
            kept(tree, pool, FIRST, other).close();
            assertThat(tree.evict()).isTrue();
            assertThat(tree.evict()).isFalse();
            assertThat(tree.known(FIRST, 0, many(1, 30))).isEqualTo(30);
            assertThat(tree.statistics().pinnedTokens()).isEqualTo(30);
        }
    }

    @Test
    void aThousandSchemasAreLookedUpAsFastAsOne() {
        Random random = new Random(1);
        try (KvPool pool = decoder.newPool(20_000)) {
            PrefixTree tree = new PrefixTree(pool);
            List<long[]> schemas = new ArrayList<>();
            long[] instruction = random.longs(40, 0, 1000).toArray();
            for (int i = 0; i < 1000; i++) {
                long[] schema = Arrays.copyOf(instruction, 300);
                schema[40] = i;
                System.arraycopy(random.longs(259, 0, 1000).toArray(), 0, schema, 41, 259);
                schemas.add(schema);
                kept(tree, pool, FIRST, schema).close();
            }
            assertThat(tree.statistics().keptTokens()).isEqualTo(40 + 1000 * 260);
            long begun = System.nanoTime();
            for (int round = 0; round < 20; round++) {
                for (long[] schema : schemas) {
                    assertThat(tree.known(FIRST, 0, schema)).isEqualTo(300);
                }
            }
            double microseconds = (System.nanoTime() - begun) / 1e3 / 20_000;
            // About 1 here; comparing with each of them would take a hundred times as long.
            assertThat(microseconds).as("microseconds for one").isLessThan(50);
        }
    }

    @Test
    void statisticsCountQuestionsAndWhatTheyFound() {
        try (KvPool pool = decoder.newPool(8)) {
            PrefixTree tree = new PrefixTree(pool);
            tree.count(30, 0);
            tree.count(30, 25);
            assertThat(tree.statistics()).isEqualTo(new PrefixStatistics(2, 60, 25, 0, 0, 0, 0));
        }
    }

    @Test
    void aSecondThreadIsRefusedWhileTheFirstIsInside() {
        try (KvPool pool = decoder.newPool(4)) {
            PrefixTree tree = new PrefixTree(pool);
            PagedText text = kept(tree, pool, FIRST, many(1, 10));
            List<Runnable> uses = List.of(
                    pool::freePages,
                    () -> text.reserve(20),
                    () -> text.shareBeginning(3),
                    () -> text.truncate(10),
                    text::trim,
                    text::clear,
                    () -> tree.known(FIRST, 0, many(1, 5)),
                    () -> tree.keep(text, 5),
                    tree::evict,
                    tree::clear,
                    tree::statistics,
                    pool::close);
            pool.guard()
                    .run(() -> uses.forEach(use -> assertThatThrownBy(
                                    () -> CompletableFuture.runAsync(use).join())
                            .isInstanceOf(CompletionException.class)
                            .hasCauseInstanceOf(SqlTuneException.class)
                            .hasMessageContaining("A KvPool with its texts is for one thread at a time")));
            assertThat(text.length()).isEqualTo(10);
        }
    }

    @Test
    void aTextThatBorrowedItsBeginningCantWriteThere() {
        try (KvPool pool = decoder.newPool(4)) {
            PrefixTree tree = new PrefixTree(pool);
            kept(tree, pool, FIRST, many(1, 20)).close();
            PagedText text = tree.begin(FIRST, 0, many(1, 30), 29);
            assertThat(text.shared()).isEqualTo(20);
            assertThatThrownBy(() -> text.truncate(19)).isInstanceOf(IllegalStateException.class);
        }
    }
}
