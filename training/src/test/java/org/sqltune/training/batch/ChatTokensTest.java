package org.sqltune.training.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.core.example.PromptCompletion.Span;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.decoder.TokenBatch;
import org.sqltune.model.tokenizer.Tokenizer;

/** Conversations of which only answers are learned: as tokens, in rows of a step, and in the cache. */
class ChatTokensTest {
    private static final String PROMPT = "<s>Question 😀 one? ";
    private static final String COMPLETION = "SELECT 1</s> Question two? SELECT 22</s>";
    private static final PromptCompletion CHAT =
            new PromptCompletion("c", PROMPT, COMPLETION, List.of(new Span(0, 12), new Span(27, COMPLETION.length())));

    @TempDir
    Path folder;

    @Test
    void theTextIsTokenisedAsAWholeAndOnlyItsSpansAreLearned() throws Exception {
        try (Tokenizer tokenizer = tokenizer()) {
            TokenizedExample example = tokenized(tokenizer, CHAT, 1000).get(0);

            assertThat(ids(example)).isEqualTo(tokenizer.encode(PROMPT + COMPLETION));
            StringBuilder learned = new StringBuilder();
            for (int i = 0; i < example.completion().length; i++) {
                if (example.isLearned(i)) {
                    learned.append(tokenizer.text((int) example.completion()[i]))
                            .append(' ');
                }
            }
            assertThat(learned.toString().replace(" ", "")).isEqualTo("SELECT1</s>SELECT22</s>");
            assertThat(example.targets()).isLessThan(example.completion().length);
        }
    }

    @Test
    void whatIsNotLearnedIsNoTargetOfAStep() throws Exception {
        try (Tokenizer tokenizer = tokenizer()) {
            TokenizedExample example = tokenized(tokenizer, CHAT, 1000).get(0);

            List<TokenBatch> rows = new BatchPlanner(true, 1, 4096, length -> 0).plan(List.of(example));

            assertThat(rows).hasSize(1);
            assertThat(rows.get(0).targets()).hasSize(example.targets());
            for (int i = 0; i < example.targets(); i++) {
                int row = (int) rows.get(0).targetRows()[i];
                assertThat(rows.get(0).targets()[i]).isEqualTo(example.token(row + 1));
                assertThat(example.isLearned(row + 1 - example.prompt().length)).isTrue();
            }
        }
    }

    @Test
    void theLengthLimitCutsTheEnd() throws Exception {
        try (Tokenizer tokenizer = tokenizer()) {
            TokenizedExample whole = tokenized(tokenizer, CHAT, 1000).get(0);
            int limit = whole.prompt().length + 2;

            TokenizedExample cut = tokenized(tokenizer, CHAT, limit).get(0);

            assertThat(cut.length()).isEqualTo(limit);
            assertThat(cut.learned()).isNull();
            assertThat(cut.targets()).isEqualTo(2);
        }
    }

    @Test
    void theCacheKeepsWhatIsLearned() throws Exception {
        try (Tokenizer tokenizer = tokenizer()) {
            List<PromptCompletion> data = List.of(CHAT, new PromptCompletion("p", "a", "b"));
            ExampleTokenizer.Result result = new ExampleTokenizer(tokenizer, 1000).tokenize("training", data);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            TokenFile.write(out, result, data);
            Path file = Files.write(folder.resolve("x.tokens"), out.toByteArray());

            List<TokenizedExample> read = TokenFile.read(file, data).examples();

            for (int i = 0; i < 2; i++) {
                assertThat(ids(read.get(i))).isEqualTo(ids(result.examples().get(i)));
                assertThat(read.get(i).targets())
                        .isEqualTo(result.examples().get(i).targets());
                for (int k = 0; k < read.get(i).completion().length; k++) {
                    assertThat(read.get(i).isLearned(k))
                            .isEqualTo(result.examples().get(i).isLearned(k));
                }
            }
        }
    }

    private static long[] ids(TokenizedExample example) {
        long[] ids = new long[example.length()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = example.token(i);
        }
        return ids;
    }

    private static List<TokenizedExample> tokenized(Tokenizer tokenizer, PromptCompletion example, int limit) {
        return new ExampleTokenizer(tokenizer, limit)
                .tokenize("test", List.of(example))
                .examples();
    }

    private static Tokenizer tokenizer() throws Exception {
        Path model = TrainingOptionsFixture.model("tiny_llama_with_tokenizer");
        return Tokenizer.load(model, DecoderConfigReader.read(model));
    }
}
