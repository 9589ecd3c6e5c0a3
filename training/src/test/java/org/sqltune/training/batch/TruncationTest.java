package org.sqltune.training.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sqltune.core.example.PromptCompletion;
import org.sqltune.model.architecture.DecoderConfigReader;
import org.sqltune.model.tokenizer.Tokenizer;

class TruncationTest {
    @Test
    void itSaysHowManyLostHowMuchAndHowLongTheLongestIs() throws Exception {
        Path model = TrainingOptionsFixture.model("tiny_llama_with_tokenizer");
        try (Tokenizer tokenizer = Tokenizer.load(model, DecoderConfigReader.read(model))) {
            List<PromptCompletion> rows =
                    List.of(row(tokenizer, 3, 3), row(tokenizer, 3, 9), row(tokenizer, 3, 12), row(tokenizer, 30, 2));
            ExampleTokenizer.Result result = new ExampleTokenizer(tokenizer, 10).tokenize("training", rows);
            assertThat(result.examples()).hasSize(3);
            assertThat(result.truncation()).isEqualTo(new Truncation(4, 10, 2, 7, 5, 1, 32));
            assertThat(result.truncation().notes("training"))
                    .containsExactly(
                            "2 of 4 training examples are longer than training.max_length 10 and lose their end: 4 tokens"
                                    + " in the mean, 5 at most; the longest example has 32.",
                            "1 of 4 training examples have no token to learn within training.max_length 10 and are left"
                                    + " out; the longest example has 32 tokens.");
            assertThat(new ExampleTokenizer(tokenizer, 100)
                            .tokenize("training", rows)
                            .truncation()
                            .notes("training"))
                    .isEmpty();
        }
    }

    /** A row whose parts have so many tokens, special ones included. */
    private static PromptCompletion row(Tokenizer tokenizer, int promptTokens, int completionTokens) {
        String prompt = "";
        while (tokenizer.encodePrompt(prompt).length < promptTokens) {
            prompt += "q";
        }
        String completion = "";
        while (tokenizer.encodeCompletion(completion).length < completionTokens) {
            completion += "q";
        }
        return new PromptCompletion("x", prompt, completion);
    }
}
