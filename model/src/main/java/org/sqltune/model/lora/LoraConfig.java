package org.sqltune.model.lora;

import java.util.ArrayList;
import java.util.List;
import org.sqltune.core.SqlTuneException;
import org.sqltune.core.regex.PythonPattern;
import org.sqltune.model.config.DecoderConfig;
import org.sqltune.model.config.ProjectionShape;

/**
 * Shape of an adapter, as in PEFT's adapter_config.json.
 *
 * @param rank {@code r}
 * @param alpha {@code lora_alpha}
 * @param dropout {@code lora_dropout}, while training
 * @param targets {@code target_modules}: ends of linear layers' paths, such as their names; or {@code all-linear} alone
 * @param rankStabilized {@code use_rslora}: updates are scaled by alpha / √rank instead of alpha / rank (arXiv:2312.03732)
 * @param weightDecomposed {@code use_dora}: rows' lengths are learned apart from their directions (arXiv:2402.09353)
 * @param ranks {@code rank_pattern}: other ranks for some linear layers
 * @param alphas {@code alpha_pattern}: other alphas for some linear layers
 * @param layers {@code layers_to_transform}; empty for all
 * @param targetPattern {@code target_modules} where it is a text: a regular expression that a linear layer's whole path must
 *     match, in place of {@code targets}; empty otherwise
 */
public record LoraConfig(
        int rank,
        double alpha,
        double dropout,
        List<String> targets,
        boolean rankStabilized,
        boolean weightDecomposed,
        ModulePatterns<Integer> ranks,
        ModulePatterns<Double> alphas,
        List<Integer> layers,
        String targetPattern) {
    /** Every linear layer of every layer. */
    public static final String ALL_LINEAR = "all-linear";

    /** @throws SqlTuneException if the pattern is no regular expression */
    public LoraConfig {
        targets = List.copyOf(targets);
        layers = List.copyOf(layers);
        PythonPattern.of(targetPattern);
    }

    /** Plain LoRA, alike everywhere. */
    public LoraConfig(int rank, double alpha, double dropout, List<String> targets) {
        this(rank, alpha, dropout, targets, false, false, ModulePatterns.none(), ModulePatterns.none(), List.of(), "");
    }

    /** The same with or without rank-stabilised scales. */
    public LoraConfig withRankStabilized(boolean stabilized) {
        return new LoraConfig(
                rank, alpha, dropout, targets, stabilized, weightDecomposed, ranks, alphas, layers, targetPattern);
    }

    /** The same with or without rows' lengths learned apart. */
    public LoraConfig withWeightDecomposed(boolean decomposed) {
        return new LoraConfig(
                rank, alpha, dropout, targets, rankStabilized, decomposed, ranks, alphas, layers, targetPattern);
    }

    /** The same with other ranks and alphas for some linear layers. */
    public LoraConfig withPatterns(ModulePatterns<Integer> otherRanks, ModulePatterns<Double> otherAlphas) {
        return new LoraConfig(
                rank,
                alpha,
                dropout,
                targets,
                rankStabilized,
                weightDecomposed,
                otherRanks,
                otherAlphas,
                layers,
                targetPattern);
    }

    /** The same on some layers only; on all if the list is empty. */
    public LoraConfig withLayers(List<Integer> some) {
        return new LoraConfig(
                rank, alpha, dropout, targets, rankStabilized, weightDecomposed, ranks, alphas, some, targetPattern);
    }

    /** The same on the linear layers whose whole path matches a regular expression. */
    public LoraConfig withTargetPattern(String pattern) {
        return new LoraConfig(
                rank, alpha, dropout, List.of(), rankStabilized, weightDecomposed, ranks, alphas, layers, pattern);
    }

    /** The same with dropout and scales of another. */
    public LoraConfig withScalesOf(LoraConfig other) {
        return new LoraConfig(
                rank,
                other.alpha,
                other.dropout,
                targets,
                other.rankStabilized,
                weightDecomposed,
                ranks,
                other.alphas,
                layers,
                targetPattern);
    }

    /** Twice the rank everywhere, at the same scales. */
    LoraConfig withTwiceTheRank() {
        double more = rankStabilized ? Math.sqrt(2) : 2;
        return new LoraConfig(
                2 * rank,
                more * alpha,
                dropout,
                targets,
                rankStabilized,
                weightDecomposed,
                ranks.map(each -> 2 * each),
                alphas.map(each -> more * each),
                layers,
                targetPattern);
    }

    /** The rank of one linear layer's update. */
    public int rank(String path) {
        return ranks.of(path, rank);
    }

    /** What the low-rank product of one linear layer is multiplied by. */
    public double scale(String path) {
        int r = rank(path);
        return alphas.of(path, alpha) / (rankStabilized ? Math.sqrt(r) : r);
    }

    /** Whether a linear layer is adapted. As in PEFT, a target that is a whole path counts on any layer. */
    public boolean adapts(int layer, String path) {
        if (!targetPattern.isEmpty()) {
            return PythonPattern.of(targetPattern).matches(path);
        }
        boolean ofLayer = layers.isEmpty() || layers.contains(layer);
        return targets.contains(path) || (ofLayer && targets.stream().anyMatch(target -> path.endsWith("." + target)));
    }

    /**
     * The same with {@code all-linear} and patterns written out, and names in the layer's order.
     *
     * @throws SqlTuneException if a target is no linear layer of the model's layers, or a layer isn't there
     */
    public LoraConfig forModel(DecoderConfig model) {
        List<String> known = model.modules().layer().moduleNames();
        for (int layer : layers) {
            if (layer < 0 || layer >= model.layers()) {
                throw new SqlTuneException("layers_to_transform names layer " + layer
                        + ", but this model's layers are 0 to " + (model.layers() - 1));
            }
        }
        if (targets.equals(List.of(ALL_LINEAR))) {
            return withTargets(known);
        }
        List<String> paths = paths(model);
        if (!targetPattern.isEmpty()) {
            return withTargets(matching(paths, model));
        }
        for (String target : targets) {
            if (paths.stream().noneMatch(path -> path.equals(target) || path.endsWith("." + target))) {
                throw new SqlTuneException("target_modules names " + target
                        + ", which is not a linear layer of this model's layers. Choose from "
                        + String.join(", ", known)
                        + ", or " + ALL_LINEAR);
            }
        }
        return known.containsAll(targets)
                ? withTargets(known.stream().filter(targets::contains).toList())
                : this;
    }

    /** What the pattern matches: names where it takes whole kinds of linear layers, and paths otherwise. */
    private List<String> matching(List<String> paths, DecoderConfig model) {
        PythonPattern pattern = PythonPattern.of(targetPattern);
        List<String> matching = paths.stream().filter(pattern::matches).toList();
        if (matching.isEmpty()) {
            throw new SqlTuneException("target_modules is '" + targetPattern
                    + "', which matches the whole path of none of this model's linear layers. A path is such as "
                    + paths.get(0));
        }
        List<String> names = model.modules().layer().moduleNames().stream()
                .filter(name ->
                        paths.stream().filter(path -> path.endsWith("." + name)).allMatch(matching::contains))
                .toList();
        boolean whole = matching.stream().allMatch(path -> names.stream().anyMatch(name -> path.endsWith("." + name)));
        return whole ? names : matching;
    }

    private LoraConfig withTargets(List<String> others) {
        return new LoraConfig(
                rank, alpha, dropout, others, rankStabilized, weightDecomposed, ranks, alphas, layers, "");
    }

    private static List<String> paths(DecoderConfig model) {
        List<String> paths = new ArrayList<>();
        for (int layer = 0; layer < model.layers(); layer++) {
            for (ProjectionShape shape : model.modules().layer().projections()) {
                paths.add(model.modules().path(layer, shape.path()));
            }
        }
        return paths;
    }
}
