package org.sqltune.inference.runtime;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqltune.core.SqlTuneException;
import org.sqltune.inference.engine.TextAnswer.End;
import org.sqltune.inference.runtime.BlockingRuntime.Ability;
import org.sqltune.inference.runtime.BlockingRuntime.Pieces;
import org.sqltune.inference.runtime.BlockingRuntime.Usage;
import org.sqltune.inference.runtime.ServerEvent.Choice;
import org.sqltune.model.generation.GenerationSettings;

/** The texts of one request while a server's events come, and whether they are what was asked for. */
final class ServedTexts {
    private final String server;
    private final GenerationSettings asked;
    private final Pieces pieces;
    private final List<@Nullable End> ends;
    private final boolean[] probabilities;
    private Usage counted = new Usage(End.STOP, 0, 0, 0);

    ServedTexts(String server, GenerationSettings asked, Pieces pieces) {
        this.server = server;
        this.asked = asked;
        this.pieces = pieces;
        this.ends = new ArrayList<>(Collections.nCopies(asked.n(), null));
        this.probabilities = new boolean[asked.n()];
    }

    void take(ServerEvent event) {
        event.choices().forEach(this::take);
        counted = event.usage() == null ? counted : event.usage();
    }

    private void take(Choice choice) {
        int index = choice.index();
        if (index < 0 || index >= ends.size()) {
            return;
        }
        pieces.text(index, choice.text());
        choice.tokens().forEach(token -> pieces.token(index, token));
        probabilities[index] |= !choice.tokens().isEmpty();
        if (choice.end() != null) {
            ends.set(index, choice.end());
        }
    }

    /**
     * What the texts took; empty if not even the first has ended.
     *
     * @throws SqlTuneException if the server passed over something that was asked for
     */
    Optional<Usage> usage() {
        if (ends.get(0) == null) {
            return Optional.empty();
        }
        if (ends.contains(null)) {
            throw passedOver(Ability.SEVERAL_TEXTS);
        }
        if (asked.logprobs().isPresent() && counted.newTokens() > 0 && !probabilities[0]) {
            throw passedOver(Ability.LOGPROBS);
        }
        return Optional.of(new Usage(
                ends.stream().map(Objects::requireNonNull).toList(),
                counted.promptTokens(),
                counted.cachedTokens(),
                counted.newTokens()));
    }

    private SqlTuneException passedOver(Ability what) {
        return new SqlTuneException(server + " doesn't give " + what.words()
                + ", though its protocol has them: leave that" + " out, or use inference.engine=native");
    }
}
