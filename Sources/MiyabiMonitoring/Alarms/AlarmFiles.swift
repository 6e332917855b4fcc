import Foundation
public import MiyabiHome
public import MiyabiSystem

/// What of the alarms is kept in the home: states that survive a restart, the history, and silences.
public struct AlarmFiles: Sendable {
    private let directory: String
    /// Lines of the history at which its older half is dropped.
    private static let historyLines = 2000

    /// The files of a home.
    public init(_ home: MiyabiHome) { directory = MetricHistory.directory(of: home) }

    /// A trend has infinite values, which JSON has no numbers for.
    static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return encoder
    }

    private static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return decoder
    }

    private var statesFile: String { directory + "/alarms.json" }
    private var historyFile: String { directory + "/alarm-history.ndjson" }
    private var silencesFile: String { directory + "/silences.json" }

    /// The states of the last run; none where there was none or the file cannot be read.
    public func states() -> [String: AlarmMachine] {
        decode([String: AlarmMachine].self, statesFile) ?? [:]
    }

    func write(_ states: [String: AlarmMachine]) throws {
        try Files.write(String(decoding: try Self.encoder.encode(states), as: UTF8.self), to: statesFile)
    }

    /// Everything that happened, oldest first. A line that a crash has cut off is passed over.
    public func history() -> [AlarmEvent] {
        (Files.read(historyFile) ?? "").split(separator: "\n").compactMap {
            try? Self.decoder.decode(AlarmEvent.self, from: Data($0.utf8))
        }
    }

    func append(_ event: AlarmEvent) throws {
        let old = (Files.read(historyFile) ?? "").split(separator: "\n").map(String.init)
        let kept = old.count >= Self.historyLines ? Array(old.suffix(Self.historyLines / 2)) : old
        let line = String(decoding: try Self.encoder.encode(event), as: UTF8.self)
        try Files.write((kept + [line]).map { $0 + "\n" }.joined(), to: historyFile)
    }

    /// Until when which alarms are silent, in milliseconds since 1970.
    public func silences(at now: Int64) -> [String: Int64] {
        (decode([String: Int64].self, silencesFile) ?? [:]).filter { $0.value > now }
    }

    /// Silences an alarm until a moment; one that is past ends its silence.
    public func silence(_ alarm: String, until end: Int64, now: Int64) throws {
        var silences = silences(at: now)
        silences[alarm] = end > now ? end : nil
        try Files.makeDirectory(directory)
        try Files.write(String(decoding: try Self.encoder.encode(silences), as: UTF8.self), to: silencesFile)
    }

    private func decode<Value: Decodable>(_ type: Value.Type, _ path: String) -> Value? {
        Files.read(path).flatMap { try? Self.decoder.decode(type, from: Data($0.utf8)) }
    }
}
