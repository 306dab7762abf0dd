/** Models of the greenhouse that are written by hand; the others are generated. */
package garden.greenhouse;
