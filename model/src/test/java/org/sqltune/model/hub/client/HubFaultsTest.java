package org.sqltune.model.hub.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqltune.model.hub.Fault;
import org.sqltune.model.hub.Fault.Cut;
import org.sqltune.model.hub.Fault.OtherPart;
import org.sqltune.model.hub.Fault.Silence;
import org.sqltune.model.hub.Fault.Status;
import org.sqltune.model.hub.Fault.WholeFile;
import org.sqltune.model.hub.Fault.WrongBytes;
import org.sqltune.model.hub.FileSelection;
import org.sqltune.model.hub.client.HubException.Reason;

/** Networks break and hubs are busy: what comes in the end is whole and right, or there is one clear line. */
class HubFaultsTest {
    private static final String WEIGHTS = "model.safetensors";
    private static final byte[] BYTES = new byte[300_000];

    static {
        new Random(7).nextBytes(BYTES);
    }

    private final FakeHub hub = new FakeHub();

    @TempDir
    private Path cache;

    private HubFixture fixture;

    @BeforeEach
    void makeModel() {
        hub.model("owner/name")
                .with("config.json", "{}")
                .with("tokenizer.json", "{\"vocab\":{}}")
                .with(WEIGHTS, BYTES);
        fixture = new HubFixture(hub.address(), cache);
    }

    @AfterEach
    void closeHub() {
        hub.close();
    }

    private void assertThatTheModelComesWhole() {
        assertThat(fixture.model("owner/name").resolve(WEIGHTS)).hasBinaryContent(BYTES);
        assertThat(leftovers()).isEmpty();
    }

    private Stream<Path> leftovers() {
        try (Stream<Path> blobs = Files.list(cache.resolve("models--owner--name/blobs"))) {
            return blobs.filter(path -> path.toString().endsWith("incomplete")).toList().stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Stream<String> ranges() {
        return hub.fetched(WEIGHTS).stream().map(FakeHub.Asked::range);
    }

    @Test
    void aCutConnectionIsResumedWhereItBroke() {
        hub.fail(WEIGHTS, new Cut(100_000), new Cut(50_000));
        assertThatTheModelComesWhole();
        assertThat(ranges()).containsExactly(null, "bytes=100000-", "bytes=150000-");
    }

    @Test
    void aConnectionThatFallsSilentIsResumed() {
        fixture.patience = Duration.ofSeconds(2);
        hub.fail(WEIGHTS, new Silence(100_000));
        assertThatTheModelComesWhole();
        assertThat(ranges()).contains("bytes=100000-");
    }

    @Test
    void aConnectionThatBringsNothingIsGivenUpAndWhatCameIsKeptForTheNextTime() {
        hub.fail(WEIGHTS, new Cut(100_000));
        hub.fail(WEIGHTS, Collections.nCopies(16, new Cut(0)).toArray(Fault[]::new));
        assertThatThrownBy(() -> fixture.model("owner/name"))
                .isInstanceOf(HubException.class)
                .hasMessageStartingWith(
                        "The connection broke at 100.0 kB of 300.0 kB of model.safetensors and brings nothing more")
                .hasMessageNotContaining("\n");
        assertThat(fixture.hub().cached(HubFixture.main("owner/name"), FileSelection.MODEL))
                .isEmpty();
        assertThat(cache.resolve("models--owner--name/refs")).doesNotExist();
        hub.mend();
        assertThatTheModelComesWhole();
        assertThat(ranges()).startsWith((String) null).endsWith("bytes=100000-");
    }

    @Test
    void aHubThatCannotResumeSendsEverythingAgain() {
        hub.fail(WEIGHTS, new Cut(100_000), new WholeFile());
        assertThatTheModelComesWhole();
    }

    @Test
    void aPartThatBeginsElsewhereIsRefused() {
        hub.fail(WEIGHTS, new Cut(100_000), new OtherPart());
        assertThatThrownBy(() -> fixture.model("owner/name"))
                .hasMessageContaining("sends 'bytes 99999-299999/300000' where bytes from 100000 on were asked for");
    }

    @Test
    void wrongBytesAreDiscardedAndFetchedAgain() {
        hub.fail(WEIGHTS, new WrongBytes(), new WrongBytes());
        assertThatTheModelComesWhole();
        assertThat(ranges()).containsExactly(null, null, null);
    }

    @Test
    void bytesThatStayWrongAreAnErrorAndNeverInTheCache() {
        hub.fail(WEIGHTS, new WrongBytes(), new WrongBytes(), new WrongBytes());
        assertThatThrownBy(() -> fixture.model("owner/name"))
                .isInstanceOfSatisfying(
                        HubException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.WRONG_CONTENT))
                .hasMessageStartingWith(
                        "model.safetensors of the model owner/name came with wrong bytes 3 times (SHA256 ")
                .hasMessageContaining(", not ");
        assertThat(leftovers()).isEmpty();
        assertThat(fixture.hub().cached(HubFixture.main("owner/name"), FileSelection.MODEL))
                .isEmpty();
    }

    @Test
    void aBeginningThatIsWrongIsFoundAndReplaced() throws IOException {
        FakeRepository same = new FakeRepository(RepositoryType.MODEL, "x").with(WEIGHTS, BYTES);
        Path partial = cache.resolve("models--owner--name/blobs/" + same.etag(WEIGHTS) + ".sqltune.incomplete");
        Files.createDirectories(partial.getParent());
        Files.write(partial, new byte[1000]);
        assertThatTheModelComesWhole();
        assertThat(ranges()).containsExactly("bytes=1000-", null);
    }

    @Test
    void aBeginningThatIsLongerThanTheFileIsReplaced() throws IOException {
        FakeRepository same = new FakeRepository(RepositoryType.MODEL, "x").with(WEIGHTS, BYTES);
        Path partial = cache.resolve("models--owner--name/blobs/" + same.etag(WEIGHTS) + ".sqltune.incomplete");
        Files.createDirectories(partial.getParent());
        Files.write(partial, Arrays.copyOf(BYTES, BYTES.length + 5));
        assertThatTheModelComesWhole();
    }

    @Test
    void aFileThatIsTooShortIsDiscardedAndFetchedAgain() {
        hub.fail(WEIGHTS, new Cut(100_000), new Status(416, Map.of()));
        assertThatTheModelComesWhole();
        assertThat(ranges()).containsExactly(null, "bytes=100000-", null);
    }

    @Test
    void aSmallFilesWrongBytesAreFoundToo() {
        hub.fail("config.json", new WrongBytes());
        assertThatTheModelComesWhole();
        assertThat(hub.fetched("config.json")).hasSize(2);
    }

    @Test
    void tooManyRequestsAreRepeatedAfterTheTimeThatTheHubNames() {
        hub.fail("api", new Status(429, Map.of("Retry-After", "17")));
        hub.fail("config.json", new Status(429, Map.of("Retry-After", "23")));
        assertThatTheModelComesWhole();
        assertThat(fixture.waits).containsExactly(Duration.ofSeconds(17), Duration.ofSeconds(23));
    }

    @Test
    void aHubThatAsksForHoursIsNotWaitedFor() {
        hub.fail("api", new Status(429, Map.of("Retry-After", "7200")));
        assertThatThrownBy(() -> fixture.model("owner/name"))
                .hasMessage(
                        hub.address().getAuthority() + " answers 429, too many requests; it asks to wait 7200 s: try"
                                + " again after that, or set HF_TOKEN, since known users may ask more often");
        assertThat(fixture.waits).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void aHubInTroubleIsAskedAgainAfterGrowingWaits(int status) {
        Status trouble = new Status(status, Map.of());
        hub.fail("api", trouble, trouble, trouble);
        assertThatTheModelComesWhole();
        assertThat(fixture.waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void aHubThatStaysInTroubleIsGivenUp() {
        Status trouble = new Status(503, Map.of());
        hub.fail("api", trouble, trouble, trouble, trouble);
        assertThatThrownBy(() -> fixture.model("owner/name"))
                .isInstanceOfSatisfying(
                        HubException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE))
                .hasMessageContaining("answers 503, it is in trouble: try again later");
    }

    @Test
    void aListThatBreaksOffIsAskedForAgain() {
        hub.fail("api", new Cut(20));
        assertThatTheModelComesWhole();
    }

    @Test
    void whereNobodyAnswersTheLineSaysWhatToCheck() {
        hub.close();
        assertThatThrownBy(() -> fixture.model("owner/name"))
                .hasMessageStartingWith("Can't reach " + hub.address().getAuthority() + " (")
                .hasMessageContaining("check the network (behind a proxy: ")
                .hasMessageNotContaining("\n");
        assertThat(fixture.waits).hasSize(2);
    }

    @Test
    void aStoreThatRefusesIsNotMistakenForTheHub() {
        hub.fail(WEIGHTS, new Status(403, Map.of()));
        assertThatThrownBy(() -> fixture.model("owner/name"))
                .hasMessageMatching(
                        "localhost:\\d+, where the hub keeps model.safetensors, answers 403: try again; .*");
    }
}
