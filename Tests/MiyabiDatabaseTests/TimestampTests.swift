import Foundation
import MiyabiDatabase
import Testing

@Suite("Timestamp")
struct TimestampTests {
    @Test(
        "reads ISO 8601",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2025-11-29T10:30:00Z", 1_764_412_200_000),
            ("2013-06-17T18:54:19+10:00", 1_371_459_259_000), ("2023-05-13T22:09:38.000-04:00", 1_684_030_178_000),
            ("2025-11-29", 1_764_374_400_000), ("2025-11-29T10:30Z", 1_764_412_200_000),
            ("2024-02-29T23:59:59.123456Z", 1_709_251_199_123), ("1969-12-31T23:59:59.5Z", -500),
            ("2000-03-01T05:30:00+0530", 951_868_800_000), ("2016-12-31T23:59:60Z", 1_483_228_800_000),
        ] as [(String, Int64)])
    func reads(text: String, milliseconds: Int64) {
        #expect(Timestamp(iso8601: text)?.milliseconds == milliseconds)
    }

    @Test(
        "refuses what is not a moment",
        arguments: [
            "", "2025", "2025-13-01", "2025-02-29", "2025-04-31", "2025-11-29T10:30:00", "2025-11-29T24:00:00Z",
            "2025-11-29T10:60:00Z", "2025-11-29T10:30:00.Z", "2025-11-29T10:30:00Z ", "2025-11-29T10:30:00+9:00", "now",
        ])
    func refuses(text: String) {
        #expect(Timestamp(iso8601: text) == nil)
    }

    @Test("agrees with Foundation on random moments, both ways")
    func againstFoundation() {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for _ in 0..<2000 {
            let moment = Timestamp(milliseconds: .random(in: -11_000_000_000_000...250_000_000_000_000))
            #expect(Timestamp(iso8601: moment.description) == moment)
            // From 1622 on, because Foundation counts by the Julian calendar before 1582; at whole seconds, because its
            // double rounds.
            let second = Timestamp(seconds: moment.seconds)
            #expect(second.description == style.format(second.date))
        }
    }
}

struct DurationTextTests {
    @Test(arguments: [
        ("0", Duration.zero), ("90", .seconds(90)), ("90s", .seconds(90)), ("500ms", .milliseconds(500)),
        ("30m", .seconds(1800)), ("24h", .seconds(86_400)), ("7d", .seconds(604_800)), ("2w", .seconds(1_209_600)),
    ])
    func durationsAreRead(text: String, duration: Duration) {
        #expect(Duration(text: text) == duration)
    }

    @Test(arguments: [
        "", "s", "-1s", "+1s", "1.5h", "1 h", "1y", "1S", "٣s", "99999999999999999999s", "9223372036854775807w",
    ])
    func everythingElseIsNot(text: String) {
        #expect(Duration(text: text) == nil && Timestamp(bound: text, now: .now()) == nil)
    }

    @Test func aMomentNeedsAUnit() {
        let now = Timestamp(seconds: 1_000_000)
        #expect(Timestamp(bound: "90", now: now) == nil)
        #expect(Timestamp(bound: "90s", now: now) == Timestamp(seconds: 999_910))
        #expect(Timestamp(bound: "2w", now: now)?.seconds == 1_000_000 - 1_209_600)
        #expect(Timestamp(bound: "1970-01-02", now: now) == Timestamp(seconds: 86_400))
    }
}
