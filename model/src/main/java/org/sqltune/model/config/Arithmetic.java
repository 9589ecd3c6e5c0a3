package org.sqltune.model.config;

import java.util.List;

/**
 * How a decoder computes, apart from its sizes. The functions under {@code torchscript/decoder} do what is written here.
 *
 * @param norm how it norms
 * @param activation the function inside the MLP
 * @param gatedMlp whether the MLP multiplies the activated gate with a second projection (SwiGLU: arXiv:2002.05202)
 * @param interleavedHeads whether one linear layer that makes queries, keys and values puts those of a head together
 * @param parallelResidual whether attention and MLP both read the layer's input and are added to it together
 * @param windows tokens that each layer's tokens see, themselves included; 0 for all before them
 * @param attentionScale what the products of queries and keys are multiplied by
 * @param attentionSoftCap scores are squeezed into ± this by a hyperbolic tangent before softmax; 0 for no cap
 * @param logitSoftCap the same for the logits
 * @param embeddingScale what embeddings are multiplied by
 */
public record Arithmetic(
        Norm norm,
        Activation activation,
        boolean gatedMlp,
        boolean interleavedHeads,
        boolean parallelResidual,
        List<Integer> windows,
        double attentionScale,
        double attentionSoftCap,
        double logitSoftCap,
        double embeddingScale) {
    public Arithmetic {
        windows = List.copyOf(windows);
    }

    /** Llama's, for a family to change where it differs. */
    public static Builder likeLlama(DecoderSizes sizes, Norm norm, Activation activation) {
        return new Builder(sizes, norm, activation);
    }

    /** Starts from Llama's arithmetic: gated MLP, one residual after the other, no window, no caps. */
    public static final class Builder {
        private final Norm norm;
        private final Activation activation;
        private boolean gatedMlp = true;
        private boolean interleavedHeads;
        private boolean parallelResidual;
        private List<Integer> windows;
        private double attentionScale;
        private double attentionSoftCap;
        private double logitSoftCap;
        private double embeddingScale = 1;

        private Builder(DecoderSizes sizes, Norm norm, Activation activation) {
            this.norm = norm;
            this.activation = activation;
            this.windows = LayerWindows.none(sizes.layers());
            this.attentionScale = 1 / Math.sqrt(sizes.headDim());
        }

        public Builder plainMlp() {
            gatedMlp = false;
            return this;
        }

        public Builder interleavedHeads() {
            interleavedHeads = true;
            return this;
        }

        public Builder parallelResidual(boolean parallel) {
            parallelResidual = parallel;
            return this;
        }

        public Builder windows(List<Integer> ofLayers) {
            windows = ofLayers;
            return this;
        }

        public Builder attentionScale(double scale) {
            attentionScale = scale;
            return this;
        }

        public Builder softCaps(double attention, double logits) {
            attentionSoftCap = attention;
            logitSoftCap = logits;
            return this;
        }

        public Builder embeddingScale(double scale) {
            embeddingScale = scale;
            return this;
        }

        public Arithmetic build() {
            return new Arithmetic(
                    norm,
                    activation,
                    gatedMlp,
                    interleavedHeads,
                    parallelResidual,
                    windows,
                    attentionScale,
                    attentionSoftCap,
                    logitSoftCap,
                    embeddingScale);
        }
    }
}
