// Judges what Diario signs and proves, with the packages behind Go's checksum database:
//
//	tlogjudge DIRECTORY KEY PROOF OLD CONSISTENCY
//
// DIRECTORY holds exported tiles, KEY is the public key, PROOF the proof of one event, OLD an older checkpoint, CONSISTENCY the
// proof that the newer one continues it. Prints "agreed" or what is wrong.
package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func fail(format string, args ...interface{}) {
	fmt.Printf(format+"\n", args...)
	os.Exit(1)
}

func must(err error, what string) {
	if err != nil {
		fail("%s: %v", what, err)
	}
}

func read(path string) []byte {
	data, err := os.ReadFile(path)
	must(err, path)
	return data
}

func checkpoint(data []byte, verifiers note.Verifiers) tlog.Tree {
	opened, err := note.Open(data, verifiers)
	must(err, "checkpoint")
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err, "size")
	hash, err := tlog.ParseHash(lines[2])
	must(err, "root")
	if lines[0] != opened.Sigs[0].Name {
		fail("origin %s is not the key's name %s", lines[0], opened.Sigs[0].Name)
	}
	return tlog.Tree{N: size, Hash: hash}
}

// files reads the tiles of height 8 that C2SP tlog-tiles puts under tile/, where Go has the height too.
type files string

func (f files) Height() int { return 8 }
func (f files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, err := os.ReadFile(filepath.Join(string(f), path))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}
func (f files) SaveTiles([]tlog.Tile, [][]byte) {}

func hashes(lines []string) []tlog.Hash {
	var list []tlog.Hash
	for _, line := range lines {
		hash, err := tlog.ParseHash(line)
		must(err, "hash")
		list = append(list, hash)
	}
	return list
}

func split(text []byte) ([]string, []byte) {
	gap := bytes.Index(text, []byte("\n\n"))
	if gap < 0 {
		fail("no empty line")
	}
	return strings.Split(string(text[:gap]), "\n"), text[gap+2:]
}

func main() {
	directory := os.Args[1]
	verifier, err := note.NewVerifier(strings.TrimSpace(string(read(os.Args[2]))))
	must(err, "key")
	verifiers := note.VerifierList(verifier)

	tree := checkpoint(read(filepath.Join(directory, "checkpoint")), verifiers)
	reader := tlog.TileHashReader(tree, files(directory))
	root, err := tlog.TreeHash(tree.N, reader)
	must(err, "tiles")
	if root != tree.Hash {
		fail("the tiles have another root")
	}

	lines, signed := split(read(os.Args[3]))
	proofTree := checkpoint(signed, verifiers)
	record, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	must(err, "record")
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	must(err, "index")
	proof := tlog.RecordProof(hashes(lines[3:]))
	must(tlog.CheckRecord(proof, proofTree.N, proofTree.Hash, index, tlog.RecordHash(record)), "inclusion")
	if proofTree == tree {
		own, err := tlog.ProveRecord(tree.N, index, reader)
		must(err, "prove")
		if fmt.Sprint(own) != fmt.Sprint(proof) {
			fail("Go proves the record with other hashes")
		}
	}

	old := checkpoint(read(os.Args[4]), verifiers)
	lines, signed = split(read(os.Args[5]))
	newer := checkpoint(signed, verifiers)
	if lines[0] != fmt.Sprintf("old %d", old.N) {
		fail("the proof begins elsewhere: %s", lines[0])
	}
	must(tlog.CheckTree(tlog.TreeProof(hashes(lines[1:])), newer.N, newer.Hash, old.N, old.Hash), "consistency")
	fmt.Println("agreed")
}
