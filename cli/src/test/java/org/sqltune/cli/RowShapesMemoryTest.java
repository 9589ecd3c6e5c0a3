package org.sqltune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.sqltune.core.progress.ProgressListener;
import org.sqltune.model.LanguageModel;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Torch;
import org.sqltune.training.batch.TokenizedExample;
import org.sqltune.training.gradient.LossEvaluator;

/**
 * Rows of many lengths don't fill the memory. libtorch compiles bf16 products for every shape and by itself keeps two
 * thousand of them, hundreds of megabytes.
 */
class RowShapesMemoryTest {
    private static final int SHORTEST = 10;
    private static final int LONGEST = 260;
    /** About 40 alone, 290 with the two thousand; what tests before left in the heap may move a little, too. */
    private static final double ALLOWED_MEGABYTES = 150;

    @Test
    @EnabledOnOs(
            value = {OS.LINUX, OS.MAC},
            disabledReason = "needs /proc or ps to measure memory, and the limit isn't set on Windows")
    void twoHundredAndFiftyLengthsOfRowsLeaveMemoryAsItWas() throws IOException {
        Torch.setThreads(1);
        try (Torch torch = Torch.cpu();
                LanguageModel model =
                        LanguageModel.load(torch, TestCli.tinyModel().toAbsolutePath(), ElementType.BFLOAT16)) {
            LossEvaluator evaluator = new LossEvaluator(model.decoder());
            evaluate(evaluator, SHORTEST);
            double before = residentMegabytes();
            IntStream.range(SHORTEST, LONGEST).forEach(length -> evaluate(evaluator, length));
            double growth = residentMegabytes() - before;
            assertThat(growth).as("growth in MB, from %.0f MB", before).isLessThan(ALLOWED_MEGABYTES);
        }
    }

    private static void evaluate(LossEvaluator evaluator, int length) {
        long[] ids = new Random(length).longs(length, 3, 90).toArray();
        TokenizedExample example = new TokenizedExample("random", ids, new long[] {5, 6, 7, 2});
        evaluator.evaluate(List.of(example), ProgressListener.NONE);
    }

    private static double residentMegabytes() throws IOException {
        return ResidentMemory.megabytes(ProcessHandle.current().pid()).orElseThrow();
    }
}
