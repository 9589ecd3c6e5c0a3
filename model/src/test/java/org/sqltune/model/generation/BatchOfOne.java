package org.sqltune.model.generation;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqltune.model.decoder.Decoder;

/** One prompt at a time, with nothing beside it. */
final class BatchOfOne {
    private final Decoder decoder;
    private final Set<Integer> stopIds;

    BatchOfOne(Decoder decoder, Set<Integer> stopIds) {
        this.decoder = decoder;
        this.stopIds = stopIds;
    }

    List<GeneratedText> results(long[] prompt, GenerationSettings settings, @Nullable TokenConstraint constraint) {
        try (BatchGenerator batch = new BatchGenerator(decoder, stopIds, 1, 256)) {
            Generation generation =
                    batch.submit(prompt, settings, Optional.ofNullable(constraint), GenerationListener.NONE);
            batch.run();
            return generation.results();
        }
    }

    long[] ids(long[] prompt, GenerationSettings settings) {
        return results(prompt, settings, null).get(0).ids();
    }
}
