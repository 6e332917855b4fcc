import Foundation

/// What the killed writers noted.
struct Notes {
    struct Batch: Hashable {
        let writer: Int
        let number: Int
    }

    /// Batches whose put was acknowledged.
    private(set) var put: Set<Batch> = []
    /// Batches whose delete was begun, acknowledged or not.
    private(set) var ending: Set<Batch> = []
    /// Batches whose delete was acknowledged.
    private(set) var ended: Set<Batch> = []
    /// The newest counter that was acknowledged, by writer.
    private(set) var counters: [Int: Int] = [:]
    /// The newest batch that was begun, by writer.
    private(set) var lastBatch: [Int: Int] = [:]

    static func read(_ directory: String) -> Notes {
        var notes = Notes()
        let text = (try? String(contentsOfFile: directory + "/notes", encoding: .utf8)) ?? ""
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count == 3, let writer = Int(words[1]), let number = Int(words[2]) else { continue }
            let batch = Batch(writer: writer, number: number)
            switch words[0] {
            case "begin": notes.lastBatch[writer] = number
            case "put": notes.put.insert(batch)
            case "count": notes.counters[writer] = number
            case "ending": notes.ending.insert(batch)
            case "ended": notes.ended.insert(batch)
            default: break
            }
        }
        return notes
    }
}
