package org.sqltune.model.decoder;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.sqltune.model.config.Rope;
import org.sqltune.model.torch.ElementType;
import org.sqltune.model.torch.Tensor;
import org.sqltune.model.torch.TensorScope;
import org.sqltune.model.torch.Torch;
import org.sqltune.model.torch.script.DecoderScript;
import org.sqltune.model.torch.script.DecoderScript.Rotary;

/** Cosines and sines of the rotary position embedding for the tokens of a row. */
final class RotaryEmbedding {
    private final DecoderScript script;
    private final Rope rope;
    private final Tensor like;
    private final Tensor ofShortTexts;

    /** @param type the element type that cosines and sines shall have */
    RotaryEmbedding(Torch torch, DecoderScript script, TensorScope owner, Rope rope, ElementType type) {
        this.script = script;
        this.rope = rope;
        this.like = torch.zeros(owner, type, 1);
        this.ofShortTexts = owner.floats(rope.frequencies(1), 1, rope.size() / 2);
    }

    /** Texts whose lengths have the same class have the same cosines and sines. */
    int lengthClass(int textLength) {
        return rope.scaling().lengthClass(textLength);
    }

    /**
     * Cosines and sines for tokens of one text.
     *
     * @param positions position of each token in the text
     * @param textLength tokens of the whole text
     */
    Rotary at(TensorScope scope, long[] positions, int textLength) {
        return at(scope, positions, frequencies(scope, textLength));
    }

    /**
     * Cosines and sines for the tokens of a row.
     *
     * @throws IllegalArgumentException if a shared beginning belongs to texts whose frequencies differ
     */
    Rotary at(TensorScope scope, TokenBatch batch) {
        int[] textLengths = batch.textLengths();
        for (int i = 0; i < textLengths.length; i++) {
            long parent = batch.parents()[i];
            if (parent >= 0 && lengthClass(textLengths[i]) != lengthClass(textLengths[(int) parent])) {
                throw new IllegalArgumentException("texts of " + textLengths[i] + " and " + textLengths[(int) parent]
                        + " tokens can't share a beginning: their rotary frequencies differ");
            }
        }
        if (Arrays.stream(textLengths).map(this::lengthClass).distinct().count() <= 1) {
            return at(scope, batch.positions(), frequencies(scope, textLengths.length == 0 ? 1 : textLengths[0]));
        }
        return at(scope, batch.positions(), frequenciesOfTokens(scope, ofTokens(batch, textLengths)));
    }

    /**
     * Cosines and sines for tokens of several texts.
     *
     * @param positions position of each token in its text
     * @param textLengths for each token the tokens of its whole text
     */
    Rotary at(TensorScope scope, long[] positions, int[] textLengths) {
        boolean alike =
                Arrays.stream(textLengths).map(this::lengthClass).distinct().count() <= 1;
        return at(
                scope, positions, alike ? frequencies(scope, textLengths[0]) : frequenciesOfTokens(scope, textLengths));
    }

    /** [T, R/2] */
    private Tensor frequenciesOfTokens(TensorScope scope, int[] textLengths) {
        int pairs = rope.size() / 2;
        Map<Integer, float[]> byClass = new HashMap<>();
        float[] values = new float[textLengths.length * pairs];
        for (int token = 0; token < textLengths.length; token++) {
            int length = textLengths[token];
            float[] frequencies = byClass.computeIfAbsent(lengthClass(length), key -> rope.frequencies(length));
            System.arraycopy(frequencies, 0, values, token * pairs, pairs);
        }
        return scope.floats(values, textLengths.length, pairs);
    }

    private Rotary at(TensorScope scope, long[] positions, Tensor frequencies) {
        return script.rotary(scope, scope.longs(positions, positions.length), frequencies, like);
    }

    /** [1, R/2] */
    private Tensor frequencies(TensorScope scope, int textLength) {
        return lengthClass(textLength) == lengthClass(1)
                ? ofShortTexts
                : scope.floats(rope.frequencies(textLength), 1, rope.size() / 2);
    }

    /** For each token of a row the length of its text. */
    private static int[] ofTokens(TokenBatch batch, int... textLengths) {
        int[] ofTokens = new int[batch.tokens()];
        int token = 0;
        for (int i = 0; i < textLengths.length; i++) {
            int end = token + (int) batch.lengths()[i];
            Arrays.fill(ofTokens, token, end, textLengths[i]);
            token = end;
        }
        return ofTokens;
    }
}
