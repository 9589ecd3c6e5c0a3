package org.sqltune.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sqltune.core.SqlTuneException;
import org.sqltune.inference.TinyModel;
import org.sqltune.inference.engine.TextAnswer.End;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.generation.GenerationSettings;
import org.sqltune.model.generation.TokenConstraint;
import org.sqltune.model.lora.AdapterSet;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;

/** Samples, beams, probabilities and constraints through the engine. */
@Timeout(120)
class SeveralTextsTest {
    private static final GenerationSettings GREEDY = GenerationSettings.greedy(24);
    private static final GenerationSettings SAMPLED = new GenerationSettings(1.5, 1, 24, 3);

    private final String prompt =
            TinyModel.TEMPLATE.render(TinyModel.questions().get(0));
    private Torch torch;
    private LanguageModel model;
    private AdapterSet adapters;
    private TextEngine engine;

    @BeforeAll
    static void useOneThread() {
        TinyModel.useOneThread();
    }

    @BeforeEach
    void load() {
        torch = Torch.cpu();
        model = LanguageModel.load(torch, TinyModel.folder(), ElementType.FLOAT32);
        adapters = new AdapterSet(model.decoder(), "tiny");
        engine = new TextEngine(model, adapters, new EngineLimits(6, 64 << 20, 1000, 1_000_000));
    }

    @AfterEach
    void close() {
        engine.close();
        adapters.close();
        model.close();
        torch.close();
    }

    private TextAnswer answer(TextRequest request) {
        return engine.submit(request, TextListener.NONE).await();
    }

    /** Collects the pieces of each candidate. */
    private static final class Pieces implements TextListener {
        private final Map<Integer, StringBuilder> texts = new TreeMap<>();

        @Override
        public void text(String piece) {
            text(0, piece);
        }

        @Override
        public void text(int candidate, String piece) {
            texts.computeIfAbsent(candidate, key -> new StringBuilder()).append(piece);
        }

        private List<String> told(int count) {
            List<String> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(texts.getOrDefault(i, new StringBuilder()).toString());
            }
            return all;
        }
    }

    @Test
    void eachSampleIsToldAsItGrows() {
        Pieces pieces = new Pieces();
        TextAnswer answer =
                engine.submit(TextRequest.of(prompt, SAMPLED.withN(4)), pieces).await();
        List<String> texts =
                answer.candidates().stream().map(TextCandidate::text).toList();
        assertThat(texts).hasSize(4).doesNotHaveDuplicates();
        assertThat(pieces.told(4)).isEqualTo(texts);
        assertThat(answer.text()).isEqualTo(texts.get(0));
        assertThat(texts.get(0))
                .isEqualTo(answer(TextRequest.of(prompt, SAMPLED)).text());
        assertThat(answer.newTokens())
                .isEqualTo(answer.candidates().stream()
                        .mapToInt(TextCandidate::newTokens)
                        .sum());
    }

    @Test
    void aStopTextEndsItsOwnSampleAlone() {
        TextAnswer whole = answer(TextRequest.of(prompt, SAMPLED.withN(4)));
        String first = whole.text();
        String stop = first.substring(first.length() / 2, first.length() / 2 + 2);
        TextAnswer stopped = answer(TextRequest.of(prompt, SAMPLED.withN(4)).withStopTexts(List.of(stop)));
        for (int i = 0; i < 4; i++) {
            String text = whole.candidates().get(i).text();
            String expected = text.contains(stop) ? text.substring(0, text.indexOf(stop)) : text;
            assertThat(stopped.candidates().get(i).text()).isEqualTo(expected);
        }
        assertThat(stopped.end()).isEqualTo(End.STOP);
    }

    @Test
    void beamsComeBestFirstAndEndAtStopTexts() {
        Pieces pieces = new Pieces();
        TextRequest request = TextRequest.of(prompt, GREEDY.withBeams(4, 1).withN(3));
        TextAnswer answer = engine.submit(request, pieces).await();
        List<Double> scores = answer.candidates().stream()
                .map(each -> each.score().orElseThrow())
                .toList();
        assertThat(scores).hasSize(3).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(pieces.told(3))
                .isEqualTo(answer.candidates().stream().map(TextCandidate::text).toList());
        String stop = answer.text().substring(3, 5);
        TextAnswer stopped = answer(request.withStopTexts(List.of(stop)));
        assertThat(stopped.candidates())
                .allSatisfy(each -> assertThat(each.text()).doesNotContain(stop));
        assertThat(stopped.candidates())
                .anySatisfy(each -> assertThat(each.end()).isEqualTo(End.STOP));
    }

    @Test
    void probabilitiesCarryTheTextsOfTheirTokens() {
        TextAnswer answer = answer(TextRequest.of(prompt, GREEDY.withLogprobs(2)));
        TextCandidate only = answer.candidates().get(0);
        StringBuilder joined = new StringBuilder();
        only.tokens().subList(0, only.newTokens()).forEach(each -> joined.append(each.text()));
        assertThat(joined.toString()).isEqualTo(answer.text());
        assertThat(only.tokens()).allSatisfy(each -> {
            assertThat(each.logprob()).isNegative();
            assertThat(each.mostLikely()).hasSize(2);
            assertThat(each.mostLikely().get(0).id()).isEqualTo(each.id());
        });
        assertThat(answer(TextRequest.of(prompt, GREEDY)).candidates().get(0).tokens())
                .isEmpty();
    }

    @Test
    void aConstraintHoldsForItsOwnRequest() {
        String allowed = "SELECT 1 FROM singer";
        TextRequest request = TextRequest.of(prompt, GREEDY).withConstraint(new OneText(ids(allowed), 0, true));
        String free = answer(TextRequest.of(prompt, GREEDY)).text();
        TextTicket constrained = engine.submit(request, TextListener.NONE);
        TextTicket beside = engine.submit(TextRequest.of(prompt, GREEDY), TextListener.NONE);
        assertThat(constrained.await().text()).isEqualTo(allowed);
        assertThat(constrained.await().end()).isEqualTo(End.STOP);
        assertThat(answer(request).text()).as("asked again").isEqualTo(allowed);
        assertThat(beside.await().text()).isEqualTo(free);
    }

    @Test
    void aConstraintThatLeadsNowhereIsTheReasonOfTheEnd() {
        TextAnswer answer =
                answer(TextRequest.of(prompt, GREEDY).withConstraint(new OneText(ids("SELECT 1"), 0, false)));
        assertThat(answer.end()).isEqualTo(End.CONSTRAINT);
        assertThat(answer.text()).isEqualTo("SELECT 1");
    }

    @Test
    void aConstraintThatFailsFailsItsOwnRequest() {
        OneText broken = new OneText(new long[] {100_000}, 0, true);
        TextTicket failing = engine.submit(TextRequest.of(prompt, GREEDY).withConstraint(broken), TextListener.NONE);
        TextTicket beside = engine.submit(TextRequest.of(prompt, GREEDY), TextListener.NONE);
        assertThatThrownBy(failing::await)
                .isInstanceOf(SqlTuneException.class)
                .hasMessageContaining("The request's constraint failed");
        assertThat(beside.await().text()).isNotEmpty();
    }

    private long[] ids(String text) {
        return model.tokenizer().encode(text);
    }

    /** Allows one text. */
    private static final class OneText implements TokenConstraint {
        private final long[] ids;
        private final boolean ends;
        private int place;

        OneText(long[] ids, int place, boolean ends) {
            this.ids = ids;
            this.place = place;
            this.ends = ends;
        }

        @Override
        public long[] allowed(int tokensLeft) {
            long[] mask = new long[8];
            if (place < ids.length) {
                mask[(int) ids[place] / 64] |= 1L << ids[place] % 64;
            }
            return mask;
        }

        @Override
        public boolean mayEnd() {
            return ends && place == ids.length;
        }

        @Override
        public void advance(int token) {
            place++;
        }

        @Override
        public int[] forced() {
            return new int[0];
        }

        @Override
        public TokenConstraint copy() {
            return new OneText(ids, place, ends);
        }
    }
}
