public import Foundation
import MiyabiSystem

/// What `miyabi migrate info` says of one version.
public struct MigrationStatus: Sendable, Hashable {
    /// How a version stands between the source and the database.
    public enum State: String, Sendable, Hashable, Encodable {
        /// Run, and the file is what was run.
        case applied
        /// In the source, not run.
        case pending
        /// Run, and the file changed since.
        case modified
        /// Run, and the file has other line ends since.
        case lineEnds = "line-ends"
        /// Run, and not in the source.
        case missing
        /// Begun outside a transaction and not finished.
        case dirty
    }

    /// Whose migration it is.
    public let series: MigrationSeries
    /// The migration's version.
    public let version: Int64
    /// The words of the file name.
    public let name: String
    /// How the version stands.
    public let state: State
    /// When it was run; nil when it was not.
    public let installedOn: Date?
    /// How long it ran; nil when it was not run or that is unknown.
    public let executionTime: Duration?
    /// The SHA-384 of the source's up file; nil when the file is missing.
    public let checksum: [UInt8]?
    /// The SHA-384 of the up file that was run; nil when it was not.
    public let appliedChecksum: [UInt8]?

    init(series: MigrationSeries, file: Migration?, row: AppliedMigration?, version: Int64) {
        self.series = series
        self.version = version
        name = file?.description ?? row?.description ?? ""
        installedOn = row?.installedOn
        executionTime = row?.executionTime
        checksum = file?.up.checksum
        appliedChecksum = row?.checksum
        state = State(file: file, row: row)
    }
}

extension MigrationStatus.State {
    /// How a version stands that has a file, a row, or both.
    init(file: Migration?, row: AppliedMigration?) {
        self =
            switch (file, row) {
            case (_, .some(let row)) where !row.success: .dirty
            case (.some(let file), .some(let row)) where file.up.checksum == row.checksum: .applied
            case (.some(let file), .some(let row)): file.up.isSameText(as: row.checksum) ? .lineEnds : .modified
            case (nil, _): .missing
            case (_, nil): .pending
            }
    }
}

extension MigrationStatus: Encodable {
    private enum CodingKeys: String, CodingKey {
        case series, version, name, state, installedOn, durationMilliseconds, checksum, appliedChecksum
    }

    /// Writes every key, with null for what is not known. Times are ISO 8601, checksums hexadecimal.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(series, forKey: .series)
        try container.encode(version, forKey: .version)
        try container.encode(name, forKey: .name)
        try container.encode(state, forKey: .state)
        try container.encode(installedOn?.iso, forKey: .installedOn)
        try container.encode(executionTime.map { $0 / .milliseconds(1) }, forKey: .durationMilliseconds)
        try container.encode(checksum?.hex, forKey: .checksum)
        try container.encode(appliedChecksum?.hex, forKey: .appliedChecksum)
    }
}

extension MigrationStatus {
    /// The beginning of the checksum for a person, and of both where they differ.
    public var checksums: String {
        let source = checksum.map { String($0.hex.prefix(12)) }
        let applied = appliedChecksum.map { String($0.hex.prefix(12)) }
        switch (source, applied) {
        case (.some(let source), .some(let applied)) where source != applied: return "\(source) (was \(applied))"
        default: return source ?? applied ?? "-"
        }
    }
}
