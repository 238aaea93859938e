import os, subprocess, time
from scope import *
def shot(n): time.sleep(.6); subprocess.run(["import","-window","root",f"/tmp/shots/{n}.png"])
def t(folder):
    p=copy_run("shop_full", folder)
    with Scope("--baseline="+run_file("shop_nohist"),p) as app:
        app.wait_for_charts(); 
        wid=[k for k,w in app.xwindows().items()][0]
        xdo("windowsize",wid,"700","600"); time.sleep(1); x,y,w,h=app.settled_pos(app.chart()); 
        move(x+w*0.4,y+h*.2); shot("r1"); move(x+w*.8,y+h*.2); shot("r2")
        xdo("windowsize",wid,"1100","700"); time.sleep(1); app.places.clear(); x,y,w,h=app.settled_pos(app.chart()); 
        move(x+w*0.4,y+h*.2); shot("r3")
    with Scope(copy_run("many_endpoints", folder)) as app:
        app.wait_for_charts(); x,y,w,h=app.settled_pos(app.chart()); 
        move(x+w*0.4,y+h*.2); shot("r4")
run(t)
