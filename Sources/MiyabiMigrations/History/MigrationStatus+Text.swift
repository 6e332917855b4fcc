import MiyabiSystem

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
